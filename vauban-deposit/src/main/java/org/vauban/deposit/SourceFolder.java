package org.vauban.deposit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vauban.deposit.envelope.Kind;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/**
 * The producer's folder: which files are tables of the kind, which are left where they are, and the checksums beside them.
 *
 * @param files that will be read, in the order of their names
 * @param leftOut names of files that hold nothing of this kind; they are told, so that nobody thinks they were taken
 * @param sums SHA-256 by name, from a file {@code SHA256SUMS}
 */
record SourceFolder(Kind kind, List<SourceFile> files, List<String> leftOut, Map<String, String> sums) {
    private static final int DEPTH_MAX = 3;
    private static final int FILES_MAX = 10_000;
    private static final String SUMS = "SHA256SUMS";
    private static final Pattern SUM_LINE = Pattern.compile("([0-9a-fA-F]{64}) [ *]?(?:\\./)?(.+)");
    private static final Pattern NDJSON = Pattern.compile("([A-Za-z]+)[^/]*\\.ndjson(\\.gz)?");
    private static final Pattern CSV =
            Pattern.compile("([A-Za-z0-9_]+)(-\\d+)?\\.csv(\\.gz)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern SNDS_TABLE = Pattern.compile("(ERE?|IR|KI|T|NS|EB|CT|RA|MA|BE|DA|EXT)_[A-Z0-9_]+");

    SourceFolder {
        files = List.copyOf(files);
        leftOut = List.copyOf(leftOut);
        sums = Map.copyOf(sums);
    }

    Optional<String> sum(SourceFile file) {
        return Optional.ofNullable(sums.get(file.name()));
    }

    static SourceFolder read(Path folder, Optional<Kind> wanted) {
        List<Path> paths = paths(folder);
        Kind kind = wanted.orElseGet(() -> guess(paths));
        Set<String> resources = FhirElement.table().keySet();
        List<SourceFile> files = new ArrayList<>();
        List<String> leftOut = new ArrayList<>();
        try {
            for (Path path : paths) {
                String name = folder.relativize(path).toString();
                Optional<String> table = table(kind, String.valueOf(path.getFileName()), resources);
                if (table.isPresent()) {
                    files.add(new SourceFile(
                            path,
                            name,
                            table.get(),
                            Files.size(path),
                            Files.getLastModifiedTime(path).toMillis()));
                } else if (!name.equals(SUMS)) {
                    leftOut.add(name);
                }
            }
            if (files.isEmpty()) {
                throw Problem.of(ProblemCode.DEPOSIT_FOLDER_EMPTY)
                        .expected(Phrase.FILES_OF_KIND.with(kind.word()))
                        .found(Phrase.OTHER_FILES_IN.with(paths.size(), String.valueOf(folder.getFileName())))
                        .exception();
            }
            return new SourceFolder(kind, files, leftOut, sums(folder));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Path> paths(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw Problem.of(ProblemCode.DEPOSIT_FOLDER_EMPTY)
                    .expected(Phrase.A_FOLDER)
                    .found(Phrase.NONE_AT.with(String.valueOf(folder.getFileName())))
                    .exception();
        }
        try (Stream<Path> found = Files.walk(folder, DEPTH_MAX)) {
            return found.filter(Files::isRegularFile).limit(FILES_MAX).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Kind guess(List<Path> paths) {
        boolean hasResources = false;
        for (Path path : paths) {
            String name = String.valueOf(path.getFileName()).toLowerCase(Locale.ROOT);
            if (name.startsWith("person.csv")) {
                return Kind.OMOP;
            }
            hasResources |= NDJSON.matcher(name).matches();
        }
        return hasResources ? Kind.FHIR : Kind.SNDS;
    }

    private static Optional<String> table(Kind kind, String name, Set<String> resources) {
        Matcher csv = CSV.matcher(name);
        return switch (kind) {
            case FHIR -> {
                Matcher ndjson = NDJSON.matcher(name);
                yield ndjson.matches() && resources.contains(ndjson.group(1))
                        ? Optional.of(ndjson.group(1))
                        : Optional.empty();
            }
            case SNDS -> {
                String table = csv.matches() ? csv.group(1).toUpperCase(Locale.ROOT) : "";
                boolean isOne = table.equals(InsuredPersons.TABLE)
                        || SNDS_TABLE.matcher(table).matches();
                yield isOne ? Optional.of(table) : Optional.empty();
            }
            case OMOP -> {
                String table = csv.matches() ? csv.group(1).toLowerCase(Locale.ROOT) : "";
                yield table.isEmpty() || OmopRules.LEFT_OUT.contains(table) ? Optional.empty() : Optional.of(table);
            }
        };
    }

    private static Map<String, String> sums(Path folder) throws IOException {
        Map<String, String> sums = new HashMap<>();
        try {
            for (String line : Files.readAllLines(folder.resolve(SUMS), StandardCharsets.UTF_8)) {
                Matcher sum = SUM_LINE.matcher(line);
                if (sum.matches()) {
                    sums.put(sum.group(2), sum.group(1).toLowerCase(Locale.ROOT));
                }
            }
        } catch (NoSuchFileException _) {
            // Producers need not give one.
        }
        return sums;
    }
}
