package org.vauban.ledger.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.vauban.ledger.note.Cosigner;
import org.vauban.ledger.note.InMemorySigner;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.ledger.witness.WitnessException.Code;

/**
 * A witness's own folder: {@code witness} with the number of its format and its public key, {@code witness.key} sealed, {@code logs}
 * with a folder for each known log, and {@code lock}. One process at a time.
 */
final class WitnessFolder implements AutoCloseable {

    /** The format this program writes. */
    static final int FORMAT = 1;

    private static final String ABOUT = "witness";
    private static final String SEALED_KEY = "witness.key";
    private static final String LOGS = "logs";
    private static final Pattern ABOUT_FORM =
            Pattern.compile("vauban-witness ([1-9][0-9]{0,3})\n(?:([^\n]+)\n)?.*", Pattern.DOTALL);

    private final Path folder;
    private final FileChannel lock;
    private final VerifierKey key;

    private WitnessFolder(Path folder, FileChannel lock, VerifierKey key) {
        this.folder = folder;
        this.lock = lock;
        this.key = key;
    }

    /** Makes a witness with a new key. Its key is sealed first: a folder that says whose it is is whole. */
    static VerifierKey create(Path directory, String name, char[] passphrase, SecureRandom random) {
        Path folder = directory.toAbsolutePath().normalize();
        try {
            PrivateFiles.createFolder(folder);
            requirePrivate(folder);
            try (FileChannel _ = lock(folder)) {
                if (Files.exists(folder.resolve(ABOUT))) {
                    throw new WitnessException(Code.WITNESS_EXISTS, folder);
                }
                InMemorySigner signer = SealedKey.create(folder.resolve(SEALED_KEY), name, passphrase, random);
                VerifierKey key = new Cosigner(signer).key();
                PrivateFiles.createFolder(folder.resolve(LOGS));
                PrivateFiles.replace(
                        folder.resolve(ABOUT), ("vauban-witness " + FORMAT + "\n" + key + "\n").getBytes(UTF_8));
                return key;
            }
        } catch (IOException unwritable) {
            throw new WitnessException(Code.WITNESS_DISK, unwritable, unwritable);
        }
    }

    /** Takes the folder of a witness for this process. */
    static WitnessFolder open(Path directory) {
        Path folder = directory.toAbsolutePath().normalize();
        try {
            VerifierKey key = keyOf(folder);
            requirePrivate(folder);
            return new WitnessFolder(folder, lock(folder), key);
        } catch (IOException unreadable) {
            throw new WitnessException(Code.WITNESS_DISK, unreadable, unreadable);
        }
    }

    /** The public key of the witness in this folder. */
    static VerifierKey keyOf(Path directory) throws IOException {
        Path about = directory.resolve(ABOUT);
        String text;
        try {
            text = Files.readString(about);
        } catch (NoSuchFileException absent) {
            throw new WitnessException(Code.WITNESS_ABSENT, directory, absent);
        }
        Matcher form = ABOUT_FORM.matcher(text);
        if (!form.matches()) {
            throw new WitnessException(Code.WITNESS_STATE_BROKEN, about);
        }
        int format = Integer.parseInt(form.group(1));
        if (format > FORMAT) {
            throw new WitnessException(Code.WITNESS_TOO_NEW, format);
        }
        try {
            return VerifierKey.parse(Optional.ofNullable(form.group(2)).orElse(""));
        } catch (IllegalArgumentException broken) {
            throw new WitnessException(Code.WITNESS_STATE_BROKEN, about, broken);
        }
    }

    VerifierKey key() {
        return key;
    }

    /** The key that signs, with the passphrase under which it was sealed. */
    Cosigner cosigner(char[] passphrase) {
        try {
            var cosigner = new Cosigner(SealedKey.open(folder.resolve(SEALED_KEY), passphrase));
            if (!cosigner.key().equals(key)) {
                throw new WitnessException(Code.WITNESS_STATE_BROKEN, folder.resolve(SEALED_KEY));
            }
            return cosigner;
        } catch (NoSuchFileException absent) {
            throw new WitnessException(Code.WITNESS_STATE_BROKEN, folder.resolve(SEALED_KEY), absent);
        } catch (IOException unreadable) {
            throw new WitnessException(Code.WITNESS_DISK, unreadable, unreadable);
        }
    }

    /** From now on this witness knows the log with this key. Its name stays with this key. */
    void add(VerifierKey log) {
        if (log.kind() != VerifierKey.Kind.ED25519) {
            throw new WitnessException(Code.WITNESS_LOG_KEY, log.name());
        }
        if (Files.exists(folder.resolve(LOGS).resolve(KnownLog.nameOf(log.name())))) {
            throw new WitnessException(Code.WITNESS_LOG_KNOWN, log.name());
        }
        try {
            KnownLog.add(folder.resolve(LOGS), log);
        } catch (IOException unwritable) {
            throw new WitnessException(Code.WITNESS_DISK, unwritable, unwritable);
        }
    }

    List<KnownLog> logs() {
        List<KnownLog> logs = new ArrayList<>();
        try (Stream<Path> folders = Files.list(folder.resolve(LOGS))) {
            for (Path log : folders.filter(each -> !each.toString().endsWith(".new"))
                    .sorted()
                    .toList()) {
                logs.add(KnownLog.open(log, key));
            }
        } catch (IOException unreadable) {
            throw new WitnessException(Code.WITNESS_DISK, unreadable, unreadable);
        }
        return logs;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException unclosable) {
            throw new WitnessException(Code.WITNESS_DISK, unclosable, unclosable);
        }
    }

    private static void requirePrivate(Path folder) throws IOException {
        if (!PrivateFiles.isPrivateFolder(folder)) {
            throw new WitnessException(Code.WITNESS_FOLDER, folder);
        }
    }

    /** The system frees the lock when the process dies, however it dies. */
    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean held = false;
        try {
            held = channel.tryLock() != null;
        } catch (OverlappingFileLockException _) {
            // Held by this very process.
        }
        if (!held) {
            channel.close();
            throw new WitnessException(Code.WITNESS_IN_USE, folder);
        }
        return channel;
    }
}
