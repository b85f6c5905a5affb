package org.vauban.app.terminal;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Carries a verb to the process that owns HOME, and its words back.
 *
 * <p>The asking side sends its arguments, folder, language, settings and session, then answers questions; the owning side sends
 * frames: one letter, a length, bytes. {@code O} and {@code E} are standard output and error, {@code Q} asks for a secret,
 * {@code K} keeps a session, {@code F} forgets it, {@code X} ends with the exit status. The socket trusts the session, not
 * the system's user; its folder is closed to other users all the same.
 */
public final class Relay {
    private static final int VERSION = 1;
    /** No frame needs more; a longer one is somebody else speaking. */
    private static final int FRAME_MAX = 1 << 20;
    /** The settings that mean the same on both sides; all others stay where they are. */
    private static final List<String> VARIABLES = List.of("VAUBAN_TOKEN");
    /** A Unix socket's path has at most 107 bytes; longer ones live elsewhere and HOME holds a link to them. */
    private static final int PATH_MAX = 100;

    /** How long a caller who went away may stay unnoticed. */
    private static final long BETWEEN_LOOKS_NANOS = 500_000_000;

    private Relay() {}

    /** Runs a verb for somebody; returns the exit status. */
    public interface Runner {
        int run(Terminal terminal, List<String> arguments);
    }

    /** The socket of a home. */
    public static Path socketOf(Path home) {
        return home.resolve("serve.sock");
    }

    /** Where to listen so that {@link #ask} finds it: the home's socket, or a short path that the home links to. */
    public static Path placeToListen(Path home) throws IOException {
        Path socket = socketOf(home).toAbsolutePath();
        if (Files.isSymbolicLink(socket)) {
            Files.deleteIfExists(Files.readSymbolicLink(socket));
        }
        Files.deleteIfExists(socket);
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= PATH_MAX) {
            return socket;
        }
        Path place = Files.createTempDirectory("vauban").resolve("serve.sock");
        Files.createSymbolicLink(socket, place);
        return place;
    }

    /** Has the owner of the home run the verb. Empty when nobody owns it. */
    public static Optional<Integer> ask(Path home, Terminal terminal, List<String> arguments) {
        Path socket = socketOf(home);
        try {
            Path place = Files.isSymbolicLink(socket) ? Files.readSymbolicLink(socket) : socket;
            if (!Files.exists(place)) {
                return Optional.empty();
            }
            try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                try {
                    channel.connect(UnixDomainSocketAddress.of(place));
                } catch (IOException nobody) {
                    return Optional.empty();
                }
                return Optional.of(converse(channel, terminal, arguments));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static int converse(SocketChannel channel, Terminal terminal, List<String> arguments) throws IOException {
        var to = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
        var from = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        to.writeInt(VERSION);
        writeText(to, terminal.folder().toString());
        writeText(to, terminal.language().getLanguage());
        writeText(to, terminal.session().orElse(""));
        to.writeInt(VARIABLES.size());
        for (String name : VARIABLES) {
            writeText(to, name);
            writeText(to, terminal.variable(name).orElse(""));
        }
        to.writeInt(arguments.size());
        for (String argument : arguments) {
            writeText(to, argument);
        }
        to.flush();
        while (true) {
            int kind = from.readUnsignedByte();
            byte[] bytes = readBytes(from);
            switch (kind) {
                case 'O' -> write(terminal.out(), bytes);
                case 'E' -> write(terminal.err(), bytes);
                case 'Q' -> {
                    Optional<char[]> answer = terminal.secret(new String(bytes, StandardCharsets.UTF_8));
                    to.writeBoolean(answer.isPresent());
                    writeText(to, answer.map(String::new).orElse(""));
                    to.flush();
                }
                case 'K' -> terminal.keepSession(new String(bytes, StandardCharsets.UTF_8));
                case 'F' -> terminal.forgetSession();
                case 'X' -> {
                    return bytes[0];
                }
                default -> throw new IOException("The owner of the home sent an unknown frame");
            }
        }
    }

    private static void write(PrintStream stream, byte[] bytes) {
        stream.write(bytes, 0, bytes.length);
        stream.flush();
    }

    /** The owning side: reads one request, runs it, sends its words and its exit status. */
    public static void answer(SocketChannel channel, Runner runner) throws IOException {
        var from = new DataInputStream(new BufferedInputStream(Channels.newInputStream(channel)));
        var to = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)));
        int version = from.readInt();
        if (version != VERSION) {
            throw new IOException(
                    "A verb came in version " + version + " of the relay; this program speaks " + VERSION);
        }
        Path folder = Path.of(readText(from));
        Locale language = Languages.of(readText(from));
        String session = readText(from);
        Map<String, String> variables = new TreeMap<>();
        for (int left = from.readInt(); left > 0; left--) {
            variables.put(readText(from), readText(from));
        }
        int size = from.readInt();
        if (size < 0 || size > 10_000) {
            throw new IOException("A verb with an impossible number of arguments");
        }
        List<String> arguments = new ArrayList<>(size);
        for (int left = size; left > 0; left--) {
            arguments.add(readText(from));
        }
        var terminal = new Relayed(
                folder, language, Optional.of(session).filter(text -> !text.isEmpty()), variables, from, to);
        int status = runner.run(terminal, arguments);
        terminal.out().flush();
        terminal.err().flush();
        frame(to, 'X', new byte[] {(byte) status});
    }

    private static void frame(DataOutputStream to, char kind, byte[] bytes) throws IOException {
        synchronized (to) {
            to.writeByte(kind);
            to.writeInt(bytes.length);
            to.write(bytes);
            to.flush();
        }
    }

    private static void writeText(DataOutputStream to, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.writeInt(bytes.length);
        to.write(bytes);
    }

    private static String readText(DataInputStream from) throws IOException {
        return new String(readBytes(from), StandardCharsets.UTF_8);
    }

    private static byte[] readBytes(DataInputStream from) throws IOException {
        int length = from.readInt();
        if (length < 0 || length > FRAME_MAX) {
            throw new IOException("A frame of impossible length");
        }
        return from.readNBytes(length);
    }

    /** The terminal of somebody on the other side of the socket. */
    private static final class Relayed implements Terminal {
        private final Path folder;
        private final Locale language;
        private final Optional<String> session;
        private final Map<String, String> variables;
        private final DataInputStream from;
        private final DataOutputStream to;
        private final PrintStream out;
        private final PrintStream err;
        private volatile long lastLook = System.nanoTime();
        private volatile boolean gone;

        Relayed(
                Path folder,
                Locale language,
                Optional<String> session,
                Map<String, String> variables,
                DataInputStream from,
                DataOutputStream to) {
            this.folder = folder;
            this.language = language;
            this.session = session;
            this.variables = Map.copyOf(variables);
            this.from = from;
            this.to = to;
            this.out = stream('O');
            this.err = stream('E');
        }

        private PrintStream stream(char kind) {
            var frames = new OutputStream() {
                @Override
                public void write(int single) throws IOException {
                    write(new byte[] {(byte) single}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    for (int sent = 0; sent < length; sent += FRAME_MAX) {
                        int size = Math.min(FRAME_MAX, length - sent);
                        byte[] part = new byte[size];
                        System.arraycopy(bytes, offset + sent, part, 0, size);
                        frame(to, kind, part);
                    }
                }
            };
            return new PrintStream(new java.io.BufferedOutputStream(frames, 8192), true, StandardCharsets.UTF_8);
        }

        @Override
        public PrintStream out() {
            return out;
        }

        @Override
        public PrintStream err() {
            return err;
        }

        @Override
        public Locale language() {
            return language;
        }

        @Override
        public Path folder() {
            return folder;
        }

        @Override
        public Optional<String> variable(String name) {
            return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
        }

        @Override
        public Optional<char[]> secret(String question) {
            try {
                frame(to, 'Q', question.getBytes(StandardCharsets.UTF_8));
                boolean answered = from.readBoolean();
                String answer = readText(from);
                return answered ? Optional.of(answer.toCharArray()) : Optional.empty();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }

        /** An empty frame tells the caller nothing, and us whether there is a caller. */
        @Override
        public boolean isGone() {
            long now = System.nanoTime();
            if (!gone && now - lastLook > BETWEEN_LOOKS_NANOS) {
                lastLook = now;
                try {
                    frame(to, 'E', new byte[0]);
                } catch (IOException _) {
                    gone = true;
                }
            }
            return gone;
        }

        @Override
        public Optional<String> session() {
            return session;
        }

        @Override
        public void keepSession(String token) {
            tell('K', token);
        }

        @Override
        public void forgetSession() {
            tell('F', "");
        }

        private void tell(char kind, String text) {
            try {
                frame(to, kind, text.getBytes(StandardCharsets.UTF_8));
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }
}
