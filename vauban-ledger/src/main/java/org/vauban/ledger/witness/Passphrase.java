package org.vauban.ledger.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.ResourceBundle;
import org.vauban.ledger.witness.WitnessException.Code;

/**
 * Where a passphrase comes from: a file, the keyboard, or the first line of standard input. Never from an argument or the environment,
 * which other processes can read, and never as a string, which cannot be zeroed.
 */
final class Passphrase {

    static final int LENGTH_MIN = 12;
    private static final int BYTES_MAX = 1_024;

    private Passphrase() {}

    /**
     * Reads it.
     *
     * @param isNew typed twice then: a slip of the finger would lock the key up for ever
     */
    static char[] read(Optional<Path> file, InputStream in, boolean isNew, ResourceBundle words) throws IOException {
        char[] passphrase = file.isPresent() ? ofFile(file.get()) : typedOrPiped(in, isNew, words);
        if (isNew && passphrase.length < LENGTH_MIN) {
            Arrays.fill(passphrase, '\0');
            throw new WitnessException(Code.WITNESS_PASSPHRASE_FILE, words.getString("passphrase.short"));
        }
        return passphrase;
    }

    private static char[] ofFile(Path file) throws IOException {
        if (!Files.isRegularFile(file) || PrivateFiles.othersMay(file)) {
            throw new WitnessException(Code.WITNESS_PASSPHRASE_FILE, file);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return firstLine(in);
        }
    }

    private static char[] typedOrPiped(InputStream in, boolean isNew, ResourceBundle words) throws IOException {
        Optional<Console> terminal = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        if (!in.equals(System.in) || terminal.isEmpty()) {
            return firstLine(in);
        }
        char[] passphrase = typed(terminal.get(), words.getString("passphrase.type"));
        if (isNew) {
            char[] again = typed(terminal.get(), words.getString("passphrase.again"));
            boolean equal = Arrays.equals(passphrase, again);
            Arrays.fill(again, '\0');
            if (!equal) {
                Arrays.fill(passphrase, '\0');
                throw new WitnessException(Code.WITNESS_PASSPHRASE_FILE, words.getString("passphrase.differ"));
            }
        }
        return passphrase;
    }

    private static char[] typed(Console console, String prompt) {
        return Optional.ofNullable(console.readPassword("%s ", prompt))
                .orElseThrow(() -> new WitnessException(Code.WITNESS_PASSPHRASE_FILE, prompt));
    }

    /** The first line of a stream, without its end; what follows is left in the stream. */
    private static char[] firstLine(InputStream in) throws IOException {
        byte[] line = new byte[BYTES_MAX];
        int length = 0;
        try {
            for (int next = in.read(); next >= 0 && next != '\n' && length < BYTES_MAX; next = in.read()) {
                line[length++] = (byte) next;
            }
            if (length > 0 && line[length - 1] == '\r') {
                length--;
            }
            CharBuffer decoded = UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length));
            char[] passphrase = new char[decoded.remaining()];
            decoded.get(passphrase);
            Arrays.fill(decoded.array(), '\0');
            return passphrase;
        } catch (CharacterCodingException notText) {
            throw new WitnessException(Code.WITNESS_PASSPHRASE_FILE, "UTF-8", notText);
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }
}
