package org.vauban.synth;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The program {@code vauban synth}: makes data, and scores a released result. A process of its own, so that no other part of
 * Vauban ever holds the truth.
 *
 * <p>Exit status: 0 done, 1 failed while running, 2 wrong usage or wrong input.
 */
public final class SynthMain {
    private static final String HELP_ENGLISH = """
            Makes people who never lived, with known truth, and scores a released result against it.

              vauban synth [--kind france|omop] [--persons N] --out DIR [--seed S] [--gzip] [--awkward]
                  --kind france a country, by default: DIR/hospital-1 to hospital-4 (FHIR), DIR/cnam (SNDS), DIR/truth
                  --kind omop   an OMOP CDM 5.4 folder DIR/omop, and the truth in DIR/truth
                  --persons N   how many persons, 5000 by default
                  --seed S      a whole number, 1 by default; same seed, same bytes
                  --gzip        omop: tables as .csv.gz
                  --awkward     omop: adds a few defects, listed in DIR/truth/awkward.csv

              vauban synth score --truth DIR/truth --result FOLDER_OR_FILE [--analysis NAME]
                  compares the hazard ratios of a released estimates.csv with the planted one

              vauban synth score --truth DIR/truth --linkage CLUSTERS.csv --record-maps FILE...
                  compares a linkage of records (deposit,record,cluster) with who is who; the maps
                  (producer,record,local_id) are those that producers kept

            All take --json (one JSON document on standard output), --quiet and --lang fr|en.
            """;
    private static final String HELP_FRENCH = """
            Fabrique des personnes qui n'ont jamais vécu, à la vérité connue, et y compare un résultat publié.

              vauban synth [--kind france|omop] [--persons N] --out DOSSIER [--seed S] [--gzip] [--awkward]
                  --kind france un pays, par défaut : DOSSIER/hospital-1 à hospital-4 (FHIR), DOSSIER/cnam (SNDS), DOSSIER/truth
                  --kind omop   un dossier OMOP CDM 5.4, DOSSIER/omop, et la vérité dans DOSSIER/truth
                  --persons N   nombre de personnes, 5000 par défaut
                  --seed S      un nombre entier, 1 par défaut ; même graine, mêmes octets
                  --gzip        omop : tables en .csv.gz
                  --awkward     omop : ajoute quelques défauts, listés dans DOSSIER/truth/awkward.csv

              vauban synth score --truth DOSSIER/truth --result DOSSIER_OU_FICHIER [--analysis NOM]
                  compare les rapports de risque d'un estimates.csv publié à celui qui fut planté

              vauban synth score --truth DOSSIER/truth --linkage CLUSTERS.csv --record-maps FICHIER...
                  compare un appariement (deposit,record,cluster) à qui est qui ; les tables
                  (producer,record,local_id) sont celles que gardent les producteurs

            Tous acceptent --json (un document JSON sur la sortie standard), --quiet et --lang fr|en.
            """;

    private static final Set<String> ALONE = Set.of("--json", "--quiet", "--help", "-h");

    private SynthMain() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(arguments), Locale.getDefault(), out, err));
    }

    /** Runs one command; {@code synth} as first word is the verb itself and may be left out. */
    static int run(List<String> arguments, Locale locale, PrintStream out, PrintStream err) {
        List<String> words = !arguments.isEmpty() && arguments.getFirst().equals("synth")
                ? arguments.subList(1, arguments.size())
                : arguments;
        boolean french = french(words, locale);
        try {
            if (words.contains("--help") || words.contains("-h")) {
                out.print(french ? HELP_FRENCH : HELP_ENGLISH);
            } else if (!words.isEmpty() && words.getFirst().equals("score")) {
                score(words.subList(1, words.size()), french, out);
            } else {
                generate(words, french, out);
            }
            return 0;
        } catch (WrongInput e) {
            err.println(e.sentence(french));
            return 2;
        } catch (InvalidPathException e) {
            err.println(
                    WrongInput.usage("a path cannot be read: " + e.getReason(), "chemin illisible : " + e.getReason())
                            .sentence(french));
            return 2;
        } catch (IOException | UncheckedIOException e) {
            err.println((french ? "Échec de lecture ou d'écriture : " : "Reading or writing failed: ") + e);
            return 1;
        }
    }

    private static void generate(List<String> arguments, boolean french, PrintStream out) throws IOException {
        Words words = new Words(
                arguments,
                union(ALONE, Set.of("--gzip", "--awkward")),
                Set.of("--kind", "--persons", "--out", "--seed", "--lang"));
        long persons = words.wholeNumber("--persons", Generation.DEFAULT_PERSONS, 1, 100_000_000);
        long seed = words.wholeNumber("--seed", Generation.DEFAULT_SEED, Long.MIN_VALUE, Long.MAX_VALUE);
        Path folder = Path.of(words.require("--out"));
        String kind = words.value("--kind").orElse("france");
        switch (kind) {
            case "france" -> {
                if (words.has("--gzip") || words.has("--awkward")) {
                    throw WrongInput.usage(
                            "--gzip and --awkward belong to --kind omop; a generated country is always compressed and awkward",
                            "--gzip et --awkward vont avec --kind omop ; un pays généré est toujours compressé et imparfait");
                }
                France.Report report = new France(persons, seed, folder).run();
                answer(words, out, report.json(), report.text(french));
            }
            case "omop" -> {
                Generation.Report report =
                        new Generation(persons, seed, folder, words.has("--gzip"), words.has("--awkward")).run();
                answer(words, out, report.json(), report.text(french));
            }
            default ->
                throw WrongInput.usage(
                        "--kind expects france or omop, found " + kind, "--kind attend france ou omop, trouvé " + kind);
        }
    }

    private static void answer(Words words, PrintStream out, Map<String, Object> json, String text) {
        if (words.has("--json")) {
            out.print(Json.write(json));
        } else if (!words.has("--quiet")) {
            out.print(text);
        }
    }

    private static void score(List<String> arguments, boolean french, PrintStream out) throws IOException {
        Words words = new Words(
                arguments,
                ALONE,
                Set.of("--truth", "--result", "--analysis", "--linkage", "--lang"),
                Set.of("--record-maps"));
        Path truth = Path.of(words.require("--truth"));
        if (words.value("--linkage").isPresent()) {
            List<Path> maps =
                    words.values("--record-maps").stream().map(Path::of).toList();
            if (maps.isEmpty() || words.value("--result").isPresent()) {
                throw WrongInput.usage(
                        "--linkage goes with --record-maps FILE... and without --result",
                        "--linkage va avec --record-maps FICHIER... et sans --result");
            }
            LinkageScore linkage = LinkageScore.of(truth, Path.of(words.require("--linkage")), maps);
            out.print(words.has("--json") ? Json.write(linkage.comparison()) : linkage.text(french));
            return;
        }
        Score score = Score.of(truth, Path.of(words.require("--result")), words.value("--analysis"));
        out.print(words.has("--json") ? Json.write(score.comparison()) : score.text(french));
    }

    private static boolean french(List<String> words, Locale locale) {
        int flag = words.indexOf("--lang");
        String language = flag >= 0 && flag + 1 < words.size() ? words.get(flag + 1) : locale.getLanguage();
        return words.contains("--lang=fr") || language.equals("fr");
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new HashSet<>(one);
        both.addAll(other);
        return both;
    }
}
