import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A made vocabulary in the shape of Athena's ZIP, as large as wanted: 10 pairs of ancestor and descendant, 5 relationships and 1 French
 * synonym for each concept. For tools/large-vocabulary.
 *   java VocabularyZip.java CONCEPTS OUT.zip
 */
final class VocabularyZip {
    private static final String[] ORGANS = {"stomach", "liver", "kidney", "heart", "lung", "skin", "brain", "bone"};
    private static final String[] ORGANES = {"estomac", "foie", "rein", "cœur", "poumon", "peau", "cerveau", "os"};
    private static final String[] KINDS = {"ulcer", "inflammation", "tumour", "injury", "oedema"};
    private static final String[] GENRES = {"ulcère", "inflammation", "tumeur", "lésion", "œdème"};

    private VocabularyZip() {}

    private interface Rows {
        void write(Writer rows, int number) throws IOException;
    }

    public static void main(String[] arguments) throws IOException {
        int concepts = Integer.parseInt(arguments[0]);
        try (var zip = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(Path.of(arguments[1])), 1 << 16))) {
            table(zip, "CONCEPT", "concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_class_id\tstandard_concept"
                    + "\tconcept_code\tvalid_start_date\tvalid_end_date\tinvalid_reason", concepts, (rows, number) ->
                    rows.write(number + "\t" + text(KINDS, ORGANS, number, " of ") + " \"" + number
                            + "\"\tCondition\tMade\tDisorder\tS\tM" + number + "\t19700101\t20991231\t\n"));
            table(zip, "CONCEPT_ANCESTOR", "ancestor_concept_id\tdescendant_concept_id\tmin_levels_of_separation"
                    + "\tmax_levels_of_separation", concepts, (rows, number) -> {
                int ancestor = number;
                for (int level = 0; level < 10; level++) {
                    rows.write(ancestor + "\t" + number + "\t" + level + "\t" + level + "\n");
                    ancestor = Math.max(1, ancestor / 3);
                }
            });
            table(zip, "CONCEPT_RELATIONSHIP", "concept_id_1\tconcept_id_2\trelationship_id\tvalid_start_date"
                    + "\tvalid_end_date\tinvalid_reason", concepts, (rows, number) -> {
                for (int other = 0; other < 5; other++) {
                    rows.write(number + "\t" + (1 + (number * 7 + other) % concepts)
                            + (other == 0 ? "\tMaps to" : "\tIs a") + "\t19700101\t20991231\t\n");
                }
            });
            table(zip, "CONCEPT_SYNONYM", "concept_id\tconcept_synonym_name\tlanguage_concept_id", concepts,
                    (rows, number) -> rows.write(number + "\t" + text(GENRES, ORGANES, number, " : ") + " n° " + number
                            + "\t4180190\n"));
            table(zip, "VOCABULARY", "vocabulary_id\tvocabulary_name\tvocabulary_reference\tvocabulary_version"
                    + "\tvocabulary_concept_id", 1, (rows, _) -> rows.write("None\tMade\tnowhere\tmade 1\t0\n"));
        }
    }

    private static String text(String[] kinds, String[] organs, int number, String between) {
        return kinds[number % kinds.length] + between + organs[number / kinds.length % organs.length];
    }

    private static void table(ZipOutputStream zip, String name, String header, int numbers, Rows rows) throws IOException {
        zip.putNextEntry(new ZipEntry(name + ".csv"));
        Writer text = new OutputStreamWriter(new Unclosed(zip), StandardCharsets.UTF_8);
        text.write(header + "\n");
        for (int number = 1; number <= numbers; number++) {
            rows.write(text, number);
        }
        text.flush();
        zip.closeEntry();
    }

    /** An entry ends before its archive does. */
    private static final class Unclosed extends OutputStream {
        private final OutputStream archive;

        Unclosed(OutputStream archive) {
            this.archive = archive;
        }

        @Override
        public void write(int octet) throws IOException {
            archive.write(octet);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            archive.write(bytes, from, length);
        }
    }
}
