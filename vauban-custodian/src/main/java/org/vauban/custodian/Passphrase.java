package org.vauban.custodian;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads a passphrase without ever making a string of it; strings cannot be zeroed. */
final class Passphrase {

    static final int LENGTH_MIN = 12;
    private static final int BYTES_MAX = 1_024;

    /** The only line of a file that nobody but its owner may read. */
    static char[] ofFile(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw CustodianException.refused("There is no passphrase file " + file + ".");
        }
        if (PrivateFolder.othersMay(file)) {
            throw CustodianException.refused(
                    "Others may read or write the passphrase file " + file + ". Run: chmod 600 " + file);
        }
        if (Files.size(file) > BYTES_MAX) {
            throw tooLong();
        }
        byte[] content = Files.readAllBytes(file);
        try (var rest = new ByteArrayInputStream(content)) {
            char[] passphrase = firstLine(rest);
            if (rest.available() > 0) {
                Arrays.fill(passphrase, '\0');
                throw CustodianException.refused("The passphrase file " + file + " has more than one line.");
            }
            return passphrase;
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    /** The first line of a stream, without its end; what follows is left in the stream. */
    static char[] firstLine(InputStream in) throws IOException {
        byte[] line = new byte[BYTES_MAX];
        int length = 0;
        try {
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                if (length == line.length) {
                    throw tooLong();
                }
                line[length++] = (byte) next;
            }
            if (length > 0 && line[length - 1] == '\r') {
                length--;
            }
            return decode(ByteBuffer.wrap(line, 0, length));
        } finally {
            Arrays.fill(line, (byte) 0);
        }
    }

    static void requireLength(char[] passphrase) {
        if (passphrase.length < LENGTH_MIN) {
            throw CustodianException.refused(
                    "A passphrase has at least " + LENGTH_MIN + " characters; found " + passphrase.length + ".");
        }
    }

    private static char[] decode(ByteBuffer bytes) {
        try {
            CharBuffer characters = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(bytes);
            char[] passphrase = new char[characters.remaining()];
            characters.get(passphrase);
            Arrays.fill(characters.array(), '\0');
            return passphrase;
        } catch (CharacterCodingException _) {
            throw CustodianException.refused("The passphrase is not text in UTF-8.");
        }
    }

    private static CustodianException tooLong() {
        return CustodianException.refused("A passphrase has at most " + BYTES_MAX + " bytes.");
    }

    private Passphrase() {}
}
