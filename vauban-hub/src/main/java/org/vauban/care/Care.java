package org.vauban.care;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vauban.control.ControlPlane;
import org.vauban.deposit.envelope.Manifest;
import org.vauban.disk.Disk;
import org.vauban.journal.Entry;
import org.vauban.journal.Journal;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.ledger.verify.Trust;
import org.vauban.ledger.verify.VerificationReport;
import org.vauban.ledger.verify.Verifier;
import org.vauban.people.Actor;
import org.vauban.people.Role;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/** Copies a home, and looks whether it has rotted. */
public final class Care {
    private final ControlPlane control;
    private final Journal journal;
    private final Rooms rooms;
    private final VerifierKey key;
    private final Disk disk;

    public Care(ControlPlane control, Journal journal, Rooms rooms, VerifierKey key, Disk disk) {
        this.control = control;
        this.journal = journal;
        this.rooms = rooms;
        this.key = key;
        this.disk = disk;
    }

    /**
     * Makes or renews the second copy. Acts wait while what belongs to one moment is copied; the objects, which are the most, are copied
     * before that.
     *
     * @param to a folder outside the home, best on another disk
     */
    public Copied backup(Actor administrator, Path to) {
        administrator.require(Role.ADMINISTRATOR);
        if (to.toAbsolutePath().normalize().startsWith(rooms.home())) {
            throw Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                    .with("field", "--to")
                    .expected(Phrase.A_FOLDER_OUTSIDE.with(rooms.home()))
                    .found(to)
                    .exception();
        }
        journal.enter(Entry.of("backup", administrator.account().value(), "home"), (_, _) -> true);
        var copy = new SecondCopy(rooms, to, disk);
        try {
            copy.objects();
            return journal.still(entries -> {
                try {
                    // Acts that came since then are few; their objects belong to the same moment.
                    copy.objects();
                    Path database = to.resolve("control.sqlite");
                    Path fresh = to.resolve(".unfinished-control.sqlite");
                    disk.delete(fresh);
                    control.copyTo(fresh);
                    try (InputStream in = Files.newInputStream(fresh)) {
                        new DurableFile(disk).put(database, in);
                    }
                    disk.delete(fresh);
                    copy.rest();
                    return copy.copied(entries);
                } catch (IOException refused) {
                    throw unwritable(refused);
                }
            });
        } catch (IOException refused) {
            throw unwritable(refused);
        }
    }

    /** Reads everything, and heals what it can when there is a second copy. */
    public Scrubbed scrub(Actor administrator, Optional<Path> copy) {
        administrator.require(Role.ADMINISTRATOR);
        copy.ifPresent(this::requireCopy);
        try {
            return journal.still(_ -> {
                try {
                    return new Reading(copy.map(Rooms::ofCopy)).read();
                } catch (IOException unreadable) {
                    throw unwritable(unreadable);
                }
            });
        } catch (ProblemException broken) {
            if (broken.code() != ProblemCode.LEDGER_BROKEN) {
                throw broken;
            }
            // The log cannot be opened as it is: then nobody writes either.
            try {
                return new Reading(copy.map(Rooms::ofCopy)).read();
            } catch (IOException unreadable) {
                throw unwritable(unreadable);
            }
        }
    }

    /** A folder that holds another home, or none, would heal nothing, and say so too late. */
    private void requireCopy(Path folder) {
        String here = Checksum.of(rooms.settings());
        String there = Checksum.of(Rooms.ofCopy(folder).settings());
        if (there.isEmpty() || !there.equals(here)) {
            throw Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                    .with("field", "--from")
                    .expected(Phrase.A_COPY_OF_THIS_HOME)
                    .found(folder)
                    .exception();
        }
    }

    private static ProblemException unwritable(IOException cause) {
        return Problem.of(ProblemCode.HOME_UNWRITABLE)
                .found(cause.getClass().getSimpleName() + ": " + cause.getMessage())
                .exception(cause);
    }

    /** One scrub. */
    private final class Reading {
        private final Optional<Rooms> copy;
        private final List<Damage> damages = new ArrayList<>();
        private long files;
        private long bytes;

        Reading(Optional<Rooms> copy) {
            this.copy = copy;
        }

        Scrubbed read() throws IOException {
            objects();
            editions();
            deposits();
            log();
            control();
            return new Scrubbed(
                    files, bytes, damages, List.of("register", "settings", "deposit-manifests", "vocabulary"));
        }

        /** An object is named by the hash of its bytes; one that a row names and that is not there is damage too. */
        private void objects() throws IOException {
            Map<String, Path> expected = new LinkedHashMap<>();
            for (Path object : SecondCopy.filesUnder(rooms.objects())) {
                expected.put(String.valueOf(object.getFileName()), object);
            }
            for (String name : Names.ofObjects(control)) {
                expected.putIfAbsent(
                        name, rooms.objects().resolve(name.substring(0, 2)).resolve(name));
            }
            if (copy.isPresent()) {
                for (Path object : SecondCopy.filesUnder(copy.get().objects())) {
                    String name = String.valueOf(object.getFileName());
                    expected.putIfAbsent(
                            name, rooms.objects().resolve(name.substring(0, 2)).resolve(name));
                }
            }
            for (Map.Entry<String, Path> object : expected.entrySet()) {
                check("object", object.getValue(), object.getKey());
            }
        }

        /** The stub of an edition is in the control plane too, byte by byte. */
        private void editions() throws IOException {
            for (Map.Entry<String, String> edition : Names.stubs(control).entrySet()) {
                byte[] stub = Base64.getDecoder().decode(edition.getValue());
                Path file = rooms.editions().resolve(edition.getKey());
                if (!matches(file, Checksum.of(stub))) {
                    new DurableFile(disk).put(file, new ByteArrayInputStream(stub));
                    damages.add(new Damage(name(file), "edition", true));
                }
            }
        }

        private void deposits() throws IOException {
            for (String deposit : Names.waitingDeposits(control)) {
                Path shelf = rooms.deposits().resolve(deposit);
                Path file = shelf.resolve(Manifest.FILE);
                try {
                    for (Manifest.Part part :
                            Manifest.read(Files.readAllBytes(file)).parts()) {
                        check("deposit", shelf.resolve(part.name()), part.sha256());
                    }
                } catch (IOException | ProblemException unreadable) {
                    damages.add(new Damage(name(file), "deposit", false));
                }
            }
        }

        private void check(String kind, Path file, String sha256) throws IOException {
            if (matches(file, sha256)) {
                return;
            }
            boolean healed = false;
            if (copy.isPresent()) {
                Path second =
                        copy.get().home().resolve(rooms.home().relativize(file).toString());
                // Healed only from a copy that is itself whole.
                if (Checksum.of(second).equals(sha256)) {
                    try (InputStream in = Files.newInputStream(second)) {
                        new DurableFile(disk).put(file, in);
                    }
                    healed = Checksum.of(file).equals(sha256);
                }
            }
            damages.add(new Damage(name(file), kind, healed));
        }

        private boolean matches(Path file, String sha256) throws IOException {
            files++;
            bytes += Files.exists(file) ? Files.size(file) : 0;
            return Checksum.of(file).equals(sha256);
        }

        /** The log proves itself; its files are put back one by one from the copy when it does not. */
        private void log() throws IOException {
            List<Path> all = SecondCopy.filesUnder(rooms.ledger().resolve("tile"));
            files += all.size();
            for (Path file : all) {
                bytes += Files.size(file);
            }
            if (isWhole()) {
                return;
            }
            boolean healed = copy.isPresent() && healLog(copy.get());
            damages.add(new Damage("ledger", "log", healed));
        }

        private boolean isWhole() throws IOException {
            VerificationReport report = new Verifier(Trust.in(key)).verify(rooms.ledger());
            return report.problem().isEmpty();
        }

        private boolean healLog(Rooms second) throws IOException {
            for (Path file : SecondCopy.filesUnder(second.ledger())) {
                Path here =
                        rooms.ledger().resolve(second.ledger().relativize(file).toString());
                if (Checksum.of(file).equals(Checksum.of(here)) || !isOfThisLog(here, second)) {
                    continue;
                }
                try (InputStream in = Files.newInputStream(file)) {
                    new DurableFile(disk).put(here, in);
                }
            }
            return isWhole();
        }

        /** An older checkpoint is never put over a newer one: what was entered since would be gone. */
        private boolean isOfThisLog(Path here, Rooms second) throws IOException {
            return (!here.endsWith("checkpoint") && !here.endsWith("witnessed"))
                    || new Verifier(Trust.in(key)).verify(second.ledger()).size() >= Names.entries(control);
        }

        private void control() {
            files++;
            if (!control.isSound()) {
                damages.add(new Damage("control.sqlite", "control", false));
            }
        }

        private String name(Path file) {
            return rooms.home().relativize(file).toString();
        }
    }
}
