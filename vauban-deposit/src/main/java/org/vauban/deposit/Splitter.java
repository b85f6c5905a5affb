package org.vauban.deposit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.vauban.deposit.SplitReport.FileReport;
import org.vauban.deposit.SplitReport.Outcome;
import org.vauban.deposit.envelope.Manifest;
import org.vauban.deposit.envelope.TableLine;
import org.vauban.deposit.identifier.Detector;
import org.vauban.deposit.identifier.KnownPersons;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * Splits a producer's folder into two envelopes. First the persons are read, because the detector must know their names; then the
 * tables, several files at a time; last the manifests are put, with which the envelopes are whole, and the one-time key is destroyed.
 */
public final class Splitter {
    private static final int FILES_AT_A_TIME = 2;

    private final SplitRequest request;
    private final Progress progress;
    private final Clock clock;
    private final Map<String, FileReport> reports = new ConcurrentHashMap<>();
    private final Map<String, String> contents = new ConcurrentHashMap<>();
    private final Map<String, FhirElement> resources = FhirElement.table();
    private final TableRules snds = new SndsRules();
    private final TableRules omop = new OmopRules();

    private Splitter(SplitRequest request, Progress progress, Clock clock) {
        this.request = request;
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Splits the folder, or goes on where an earlier attempt stopped.
     *
     * @throws ProblemException {@code DEPOSIT_FOLDER_EMPTY}, {@code DEPOSIT_OTHER_SPOOL}, or {@code DEPOSIT_INTERRUPTED} when the
     *     progress was cancelled; faults of single files are in the report
     */
    public static SplitReport split(SplitRequest request, Progress progress, Clock clock) {
        return new Splitter(request, progress, clock).run();
    }

    private SplitReport run() {
        SourceFolder source = SourceFolder.read(request.folder(), request.kind());
        Spool spool = Spool.open(
                request.spool(),
                request.producer(),
                source.kind(),
                request.hubKey().fingerprint(),
                request.identityKey().fingerprint());
        var health = new Envelope(request.spool(), request.hubKey(), spool.deposit(), request.partBytes());
        var identity = new Envelope(request.spool(), request.identityKey(), spool.deposit(), request.partBytes());
        health.keepOnly(spool.parts(source.files()));
        identity.keepOnly(List.of());
        progress.expect(source.files().stream()
                .mapToLong(file -> isReadTwice(file) ? 2 * file.bytes() : file.bytes())
                .sum());
        try (var rejects = new Rejects(request.rejects())) {
            var known = new KnownPersons();
            var persons = new Persons(identity, known, spool);
            List<Manifest.Part> identities = persons.read(source, rejects);
            List<Manifest.Part> parts = tables(source, spool, health, new Detector(known), rejects);
            return finish(source, spool, health, identity, parts, identities, persons.count);
        } catch (CancellationException _) {
            throw Problem.of(ProblemCode.DEPOSIT_INTERRUPTED)
                    .found(spool.parts(source.files()).size() + " parts are finished and kept")
                    .exception();
        }
    }

    private static boolean isReadTwice(SourceFile file) {
        return file.table().equals(FhirPersons.TABLE) || file.table().equals(OmopPersons.TABLE);
    }

    private static boolean holdsPersonsAlone(SourceFile file) {
        return file.table().equals(InsuredPersons.TABLE);
    }

    /** The first reading: who the persons are. */
    private final class Persons {
        private final Envelope identity;
        private final KnownPersons known;
        private final Spool spool;
        private long count;

        Persons(Envelope identity, KnownPersons known, Spool spool) {
            this.identity = identity;
            this.known = known;
            this.spool = spool;
        }

        List<Manifest.Part> read(SourceFolder source, Rejects rejects) {
            PersonSource persons = switch (source.kind()) {
                case FHIR -> new FhirPersons();
                case SNDS -> new InsuredPersons();
                case OMOP -> new OmopPersons();
            };
            List<Manifest.Part> parts = new ArrayList<>();
            try (var map = new RecordMap(request.recordMap(), request.producer())) {
                for (SourceFile file : source.files()) {
                    if (isReadTwice(file) || holdsPersonsAlone(file)) {
                        quarantining(file, () -> parts.addAll(read(source, file, persons, rejects, map)));
                    }
                }
            }
            return parts;
        }

        private List<Manifest.Part> read(
                SourceFolder source, SourceFile file, PersonSource persons, Rejects rejects, RecordMap map) {
            byte[] header = Person.HEADER.getBytes(StandardCharsets.UTF_8);
            try (var lines = new LineReader(file, source.sum(file), progress);
                    var table = new TableParts(
                            identity, TableLine.csv("IDENTITY", Person.DELIMITER), Optional.of(header))) {
                long before = count;
                long rejected =
                        persons.read(file, lines, new RecordNumbers(spool.key()), rejects, (person, localId) -> {
                            know(person);
                            byte[] row = person.row().getBytes(StandardCharsets.UTF_8);
                            table.rows(row, 0, row.length);
                            map.add(person.record(), localId);
                            count++;
                        });
                contents.put(file.name(), lines.contentDigest());
                if (holdsPersonsAlone(file)) {
                    reports.put(file.name(), taken(file, count - before, rejected));
                }
                return table.finish();
            }
        }

        private void know(Person person) {
            known.addSurname(person.birthName());
            known.addSurname(person.usedName());
            known.addGivenName(person.givenNames());
            known.addNir(person.nir());
            known.addNir(person.nirInsured());
            known.addLocalNumber(person.localId());
            known.addAddress(person.address());
        }
    }

    /** The second reading: health data, the largest files first, so that no long one is left for the end. */
    private List<Manifest.Part> tables(
            SourceFolder source, Spool spool, Envelope health, Detector detector, Rejects rejects) {
        List<SourceFile> files = source.files().stream()
                .filter(file -> !holdsPersonsAlone(file) && !reports.containsKey(file.name()))
                .sorted(Comparator.comparingLong(SourceFile::bytes).reversed())
                .toList();
        ExecutorService threads = Executors.newFixedThreadPool(FILES_AT_A_TIME);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (SourceFile file : files) {
                running.add(threads.submit(
                        () -> quarantining(file, () -> table(source, file, spool, health, detector, rejects))));
            }
            for (Future<?> each : running) {
                each.get();
            }
        } catch (ExecutionException failed) {
            progress.cancel();
            switch (failed.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw new IllegalStateException(failed);
            }
        } catch (InterruptedException _) {
            progress.cancel();
            Thread.currentThread().interrupt();
            throw new CancellationException();
        } finally {
            threads.close();
        }
        return spool.parts(files.stream().filter(file -> isTaken(file.name())).toList());
    }

    private boolean isTaken(String name) {
        FileReport report = reports.get(name);
        return report != null && report.outcome() == Outcome.TAKEN;
    }

    private void table(
            SourceFolder source, SourceFile file, Spool spool, Envelope health, Detector detector, Rejects rejects) {
        Taken taken = spool.find(file).orElseGet(() -> {
            try (var lines = new LineReader(file, source.sum(file), progress)) {
                var numbers = new RecordNumbers(spool.key());
                Taken result = switch (source.kind()) {
                    case FHIR ->
                        new FhirSplitter(
                                        file,
                                        java.util.Objects.requireNonNull(resources.get(file.table())),
                                        numbers,
                                        detector,
                                        rejects)
                                .split(lines, health);
                    case SNDS -> new CsvSplitter(file, snds, numbers, detector, rejects).split(lines, health);
                    case OMOP -> new CsvSplitter(file, omop, numbers, detector, rejects).split(lines, health);
                };
                spool.add(file, result);
                return result;
            }
        });
        contents.put(file.name(), taken.content());
        reports.put(file.name(), taken(file, taken.rows(), taken.rejected()));
    }

    private static FileReport taken(SourceFile file, long rows, long rejected) {
        return new FileReport(file.name(), file.table(), Outcome.TAKEN, rows, rejected, Optional.empty());
    }

    /** A fault of a file keeps that file back; the others go on. */
    private void quarantining(SourceFile file, Runnable work) {
        try {
            work.run();
        } catch (ProblemException fault) {
            contents.remove(file.name());
            reports.put(
                    file.name(),
                    new FileReport(file.name(), file.table(), Outcome.QUARANTINED, 0, 0, Optional.of(fault.problem())));
        }
    }

    private SplitReport finish(
            SourceFolder source,
            Spool spool,
            Envelope health,
            Envelope identity,
            List<Manifest.Part> parts,
            List<Manifest.Part> identities,
            long persons) {
        source.leftOut()
                .forEach(name -> reports.put(name, new FileReport(name, "", Outcome.LEFT_OUT, 0, 0, Optional.empty())));
        long bytes = 0;
        if (!parts.isEmpty()) {
            var created = clock.instant();
            if (!identities.isEmpty()) {
                bytes += identity.close(request.producer(), source.kind(), created, Optional.empty(), identities)
                        .bytes();
            }
            bytes += health.close(request.producer(), source.kind(), created, Optional.of(content(source)), parts)
                    .bytes();
        } else {
            health.keepOnly(List.of());
            identity.keepOnly(List.of());
        }
        spool.destroy();
        return new SplitReport(
                spool.deposit(),
                request.producer(),
                source.kind(),
                new TreeMap<>(reports).values().stream().toList(),
                persons,
                !parts.isEmpty(),
                bytes);
    }

    /** The same files of the same producer have the same digest; nothing else can be learnt from it. */
    private String content(SourceFolder source) {
        MessageDigest digest = LineReader.sha256();
        digest.update(("vauban deposit content 1\n" + request.producer() + "\n").getBytes(StandardCharsets.UTF_8));
        source.files().stream()
                .filter(file -> contents.containsKey(file.name()))
                .map(file -> file.table() + " " + contents.get(file.name()))
                .sorted()
                .forEach(line -> digest.update((line + "\n").getBytes(StandardCharsets.UTF_8)));
        return HexFormat.of().formatHex(digest.digest());
    }
}
