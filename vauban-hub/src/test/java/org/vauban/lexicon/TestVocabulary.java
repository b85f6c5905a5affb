package org.vauban.lexicon;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A small vocabulary as Athena writes it: tabs, quotes that are letters, days without hyphens. */
final class TestVocabulary {
    private static final String CONCEPTS = """
            concept_id	concept_name	domain_id	vocabulary_id	concept_class_id	standard_concept	concept_code	valid_start_date	valid_end_date	invalid_reason
            4027663	Peptic ulcer	Condition	SNOMED	Disorder	S	13200003	19700101	20991231\t
            4248429	Gastric ulcer "Dieulafoy"	Condition	SNOMED	Disorder	S	397825006	19700101	20991231\t
            4150681	Old ulcer of stomach	Condition	SNOMED	Disorder		1	19700101	20101231	D
            35207070	Gastric ulcer	Condition	ICD10CM	Code		K25	20070101	20991231\t
            1118084	celecoxib	Drug	RxNorm	Ingredient	S	140587	19700101	20991231\t
            """;
    private static final String ANCESTORS = """
            ancestor_concept_id	descendant_concept_id	min_levels_of_separation	max_levels_of_separation
            4027663	4027663	0	0
            4027663	4248429	1	1
            4248429	4248429	0	0
            """;
    private static final String RELATIONSHIPS = """
            concept_id_1	concept_id_2	relationship_id	valid_start_date	valid_end_date	invalid_reason
            35207070	4248429	Maps to	19700101	20991231\t
            35207070	1118084	Maps to	19700101	20101231	D
            """;
    private static final String SYNONYMS = """
            concept_id	concept_synonym_name	language_concept_id
            4027663	Peptic ulceration	4180186
            """;
    private static final String VOCABULARIES = """
            vocabulary_id	vocabulary_name	vocabulary_reference	vocabulary_version	vocabulary_concept_id
            None	OMOP Standardized Vocabularies	OMOP generated	v5.0 30-AUG-24	44819096
            SNOMED	Systematic Nomenclature of Medicine	http://www.snomed.org	2024-02-01 SNOMED CT	44819097
            """;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    TestVocabulary() {
        with("CONCEPT.csv", CONCEPTS)
                .with("CONCEPT_ANCESTOR.csv", ANCESTORS)
                .with("CONCEPT_RELATIONSHIP.csv", RELATIONSHIPS)
                .with("CONCEPT_SYNONYM.csv", SYNONYMS)
                .with("VOCABULARY.csv", VOCABULARIES);
    }

    TestVocabulary with(String name, String text) {
        return with(name, text, StandardCharsets.UTF_8);
    }

    TestVocabulary with(String name, String text, Charset encoding) {
        files.put(name, text.getBytes(encoding));
        return this;
    }

    /** More lines of the table of concepts. */
    TestVocabulary concepts(String lines) {
        return with("CONCEPT.csv", CONCEPTS + lines);
    }

    Path zip(Path file) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return file;
    }

    Path folder(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> entry : files.entrySet()) {
            Files.write(folder.resolve(entry.getKey()), entry.getValue());
        }
        return folder;
    }
}
