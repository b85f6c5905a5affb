package org.vauban.identity;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.vauban.identity.linkage.Linkage;
import org.vauban.identity.linkage.Links;
import org.vauban.identity.linkage.People;
import org.vauban.identity.linkage.Trait;
import org.vauban.identity.table.ColumnKinds;
import org.vauban.identity.table.PersonFile;
import org.vauban.identity.table.WrongInput;

/**
 * The program {@code vauban link}: links two files of persons, or finds the duplicates of one. A process of its own: names are
 * in no other memory.
 *
 * <p>Exit status: 0 done, 1 failed while running, 2 wrong usage or wrong input.
 */
public final class LinkMain {

    private static final double THRESHOLD = 0.5;

    private static final String HELP_ENGLISH = """
            Links two files of persons, or finds the duplicates of one.

              vauban link A.csv [B.csv] --columns COLUMNS.yaml --out pairs.csv [--truth COLUMN]
                  --columns FILE   one line "column: kind" each; kinds: given_name, surname, birth_date, sex,
                                   street, postcode, city, birth_place, identifier, phone, other, ignore
                  --out FILE       left_row,right_row,probability; rows are counted from 0
                  --truth COLUMN   a column that is equal for the same person: measures precision, recall and F1

            Takes --json (one JSON document on standard output), --quiet and --lang fr|en.
            """;
    private static final String HELP_FRENCH = """
            Apparie deux fichiers de personnes, ou trouve les doublons d'un seul.

              vauban link A.csv [B.csv] --columns COLONNES.yaml --out paires.csv [--truth COLONNE]
                  --columns FICHIER  une ligne « colonne: genre » par colonne ; genres : given_name, surname,
                                     birth_date, sex, street, postcode, city, birth_place, identifier, phone,
                                     other, ignore
                  --out FICHIER      left_row,right_row,probability ; lignes comptées à partir de 0
                  --truth COLONNE    colonne égale pour une même personne : mesure précision, rappel et F1

            Accepte --json (un document JSON sur la sortie standard), --quiet et --lang fr|en.
            """;

    private LinkMain() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), Locale.getDefault(), out, err));
    }

    /** Links, and returns the exit status. */
    static int run(List<String> arguments, Locale locale, PrintStream out, PrintStream err) {
        boolean french = Arguments.french(arguments, locale);
        if (arguments.contains("--help") || arguments.contains("-h")) {
            out.print(french ? HELP_FRENCH : HELP_ENGLISH);
            return 0;
        }
        try {
            link(Order.parse(arguments), french, out);
            return 0;
        } catch (WrongInput e) {
            err.println(e.sentence(french));
            return 2;
        } catch (InvalidPathException e) {
            err.println(french ? "Un chemin est illisible." : "A path cannot be read.");
            return 2;
        } catch (IOException e) {
            err.println((french ? "Échec de lecture ou d'écriture : " : "Reading or writing failed: ") + e);
            return 1;
        }
    }

    private static void link(Order order, boolean french, PrintStream out) throws IOException {
        long began = System.nanoTime();
        var kinds = ColumnKinds.read(order.columns());
        List<String> names = new ArrayList<>();
        List<Trait> traits = new ArrayList<>();
        kinds.forEach((name, trait) -> {
            // The truth is what is measured against, never a trait.
            if (trait.isPresent() && !order.truth().equals(Optional.of(name))) {
                names.add(name);
                traits.add(trait.get());
            }
        });
        order.truth().ifPresent(names::add);
        PersonFile first = PersonFile.read(order.first(), names);
        Optional<PersonFile> second = order.second().isEmpty()
                ? Optional.empty()
                : Optional.of(PersonFile.read(order.second().get(), names));
        List<People.Column> columns = new ArrayList<>();
        for (int at = 0; at < traits.size(); at++) {
            columns.add(new People.Column(traits.get(at), joined(first, second, at)));
        }
        if (columns.isEmpty()) {
            throw new WrongInput(
                    "Expected at least one column to compare, beside the truth.",
                    "Au moins une colonne à comparer est attendue, outre la vérité.");
        }
        int size = first.rows();
        Links links = Linkage.link(
                second.isPresent()
                        ? People.ofTwoFiles(size, second.get().rows(), columns)
                        : People.ofOneFile(size, columns),
                THRESHOLD);
        write(order.out(), links, second.isPresent() ? size : 0);
        Optional<Accuracy> accuracy =
                order.truth().map(_ -> Accuracy.of(links.pairs(), joined(first, second, traits.size()), size));
        double seconds = (System.nanoTime() - began) / 1e9;
        var report = new LinkReport(size, second.map(PersonFile::rows), links, accuracy, seconds);
        if (order.json()) {
            out.println(report.json());
        } else if (!order.quiet()) {
            out.print(report.text(french));
        }
    }

    private static String[] joined(PersonFile first, Optional<PersonFile> second, int column) {
        String[] values = first.columns().get(column);
        if (second.isEmpty()) {
            return values;
        }
        String[] more = second.get().columns().get(column);
        String[] all = Arrays.copyOf(values, values.length + more.length);
        System.arraycopy(more, 0, all, values.length, more.length);
        return all;
    }

    /** Readable by its owner alone: it says who is who. Never over a file that is there. */
    private static void write(Path file, Links links, int firstRightRow) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException _) {
            // Written anew, as other verbs do with --out.
        }
        try (BufferedWriter pairs =
                Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.TRUNCATE_EXISTING)) {
            pairs.write("left_row,right_row,probability\n");
            for (Links.Pair pair : links.pairs()) {
                pairs.write(String.format(
                        Locale.ROOT, "%d,%d,%.6f\n", pair.first(), pair.second() - firstRightRow, pair.probability()));
            }
        }
    }

    /** What the command line asks for. */
    private record Order(
            Path first,
            Optional<Path> second,
            Path columns,
            Path out,
            Optional<String> truth,
            boolean json,
            boolean quiet) {

        static Order parse(List<String> given) {
            var arguments = new Arguments(
                    given, Set.of("--json", "--quiet"), Set.of("--columns", "--out", "--truth", "--lang"));
            List<String> files = arguments.plain();
            if (files.isEmpty() || files.size() > 2) {
                throw new WrongInput(
                        "Expected one or two CSV files, found " + files.size() + ".",
                        "Un ou deux fichiers CSV sont attendus, " + files.size() + " trouvés.");
            }
            return new Order(
                    Path.of(files.getFirst()),
                    files.size() == 2 ? Optional.of(Path.of(files.get(1))) : Optional.empty(),
                    Path.of(arguments.require("--columns")),
                    Path.of(arguments.require("--out")),
                    arguments.value("--truth"),
                    arguments.has("--json"),
                    arguments.has("--quiet"));
        }
    }
}
