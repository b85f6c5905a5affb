package org.vauban.ingest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.vauban.duck.DuckSession;
import org.vauban.duck.MemoryFile;

/**
 * A made data set of a few persons that a reader can check by eye. Each table can be replaced, and the folder can be written in every
 * form that producers use.
 */
public final class SmallCdm {
    private final Map<String, String> tables = new LinkedHashMap<>();

    public SmallCdm() {
        put("person", """
                person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth,race_concept_id,ethnicity_concept_id,person_source_value,gender_source_value
                101,8507,1950,3,14,0,0,HOSP-000101,M
                102,8532,1960,,,0,0,HOSP-000102,F
                103,8532,1970,,,0,0,1700375123456,F
                """);
        put("observation_period", """
                observation_period_id,person_id,observation_period_start_date,observation_period_end_date,period_type_concept_id
                1,101,2000-01-01,2020-12-31,44814724
                2,102,2005-01-01,2015-12-31,44814724
                3,103,2010-01-01,2012-12-31,44814724
                4,999,2010-01-01,2012-12-31,44814724
                """);
        put("visit_occurrence", """
                visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_start_datetime,visit_end_date,visit_type_concept_id,provider_id,visit_source_value
                50,101,9201,2010-05-01,2010-05-01 08:30:00,2010-05-04,32817,7,STAY-2010-77
                """);
        put("condition_occurrence", """
                condition_occurrence_id,person_id,condition_concept_id,condition_start_date,condition_end_date,condition_type_concept_id,visit_occurrence_id,condition_source_value,condition_source_concept_id
                60,101,192671,2010-05-01,,32817,50,K92.2,45566
                40,101,192671,2010-05-01,2010-05-03,32817,50,Mme Martin se plaint,0
                41,102,192671,2011-06-01,2011-05-01,32817,,K92.2,45566
                42,102,0,1955-01-01,,32817,,Durand,0
                """);
        put("drug_exposure", """
                drug_exposure_id,person_id,drug_concept_id,drug_exposure_start_date,drug_exposure_end_date,drug_type_concept_id,quantity,sig,drug_source_value
                45,101,1118084,2010-05-01,2010-06-01,32817,30.5,two a day for M. Dupont,1503750
                45,103,1118084,2011-02-03,2011-03-03,32817,,,1503750
                """);
        put("provider", "provider_id,provider_name,npi,specialty_concept_id\n7,Dr Jeanne Dupont,1234567890,38004456\n");
        put("note", """
                note_id,person_id,note_date,note_type_concept_id,note_class_concept_id,note_text,encoding_concept_id,language_concept_id
                1,101,2010-05-02,1,1,"Mme Dupont, 12 rue des Lilas, va mieux",1,1
                """);
        put("concept", """
                concept_id,concept_name,domain_id,vocabulary_id,concept_class_id,standard_concept,concept_code,valid_start_date,valid_end_date,invalid_reason
                192671,Gastrointestinal hemorrhage,Condition,SNOMED,Clinical Finding,S,74474003,19700101,20991231,
                45566,"Gastrointestinal haemorrhage, unspecified",Condition,ICD10,ICD10 code,,K92.2,19700101,20991231,
                1118084,celecoxib,Drug,RxNorm,Ingredient,S,140587,19700101,20991231,
                9201,Inpatient Visit,Visit,Visit,Visit,S,IP,19700101,20991231,
                """);
        put(
                "concept_ancestor",
                "ancestor_concept_id,descendant_concept_id,min_levels_of_separation,max_levels_of_separation\n192671,192671,0,0\n");
        put(
                "concept_relationship",
                "concept_id_1,concept_id_2,relationship_id,valid_start_date,valid_end_date,invalid_reason\n45566,192671,Maps to,1970-01-01,2099-12-31,\n");
    }

    public SmallCdm put(String table, String csv) {
        tables.put(table, csv);
        return this;
    }

    public SmallCdm without(String table) {
        tables.remove(table);
        return this;
    }

    public SmallCdm change(String table, String from, String to) {
        String csv = tables.get(table);
        if (csv == null || !csv.contains(from)) {
            throw new IllegalArgumentException(table + " does not have " + from);
        }
        return put(table, csv.replace(from, to));
    }

    public Path csv(Path folder) {
        tables.forEach((table, csv) -> write(folder.resolve(table + ".csv"), csv.getBytes(StandardCharsets.UTF_8)));
        return folder;
    }

    /** Upper-case names, gzip, Windows line ends and semicolons: what a spreadsheet makes of it. */
    Path gzippedWithSemicolons(Path folder) {
        tables.forEach((table, csv) -> {
            Path file = folder.resolve(table.toUpperCase(java.util.Locale.ROOT) + ".CSV.gz");
            try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
                // The quoted fields of this set keep their commas.
                String text = "\uFEFF"
                        + quotedCommas(csv)
                                .replace(',', ';')
                                .replace('\u0001', ',')
                                .replace("\n", "\r\n");
                out.write(text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException failed) {
                throw new java.io.UncheckedIOException(failed);
            }
        });
        return folder;
    }

    Path parquet(Path folder, Path scratch) {
        csv(scratch);
        for (String table : tables.keySet()) {
            Path source = scratch.resolve(table + ".csv");
            try (MemoryFile target = MemoryFile.create();
                    DuckSession session =
                            DuckSession.open(DuckSession.Limits.ofOneBucket(), List.of(source, target.path()))) {
                session.execute("COPY (SELECT * FROM read_csv(" + DuckSession.literal(source) + ", header = true)) TO "
                        + DuckSession.literal(target.path()) + " (FORMAT parquet, USE_TMP_FILE false)");
                Files.copy(target.path(), folder.resolve(table + ".parquet"));
            } catch (IOException failed) {
                throw new java.io.UncheckedIOException(failed);
            }
        }
        return folder;
    }

    private static String quotedCommas(String csv) {
        var text = new StringBuilder();
        boolean quoted = false;
        for (int index = 0; index < csv.length(); index++) {
            char character = csv.charAt(index);
            quoted ^= character == '"';
            text.append(quoted && character == ',' ? '\u0001' : character);
        }
        return text.toString();
    }

    static void write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(file, bytes);
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        }
    }
}
