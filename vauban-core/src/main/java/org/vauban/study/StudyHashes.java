package org.vauban.study;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What binds a definition to its files: SHA-256 of the study's file and of each cohort's, and one over all of them.
 *
 * @param studyFile of the bytes of STUDY.yaml
 * @param cohortFiles of the bytes of each cohort's file, by the cohort's name
 */
public record StudyHashes(String studyFile, SortedMap<String, String> cohortFiles) {
    public StudyHashes {
        cohortFiles = Collections.unmodifiableSortedMap(new TreeMap<>(cohortFiles));
    }

    /** One hash over the study and its cohorts: changes when any of the files does. */
    public String study() {
        var lines = new StringBuilder("study ").append(studyFile).append('\n');
        cohortFiles.forEach((name, hash) ->
                lines.append("cohort ").append(name).append(' ').append(hash).append('\n'));
        return sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
