package org.vauban.ledger.verify;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.ledger.policy.Policy;

/**
 * The verifier's command line: {@code java -cp vauban-ledger.jar org.vauban.ledger.verify.Verify DIR [--key VKEY] [--pinned
 * FILE] [--policy FILE] [--witness VKEY]...}
 *
 * <p>Exit status: 0 the log is whole, 1 a file could not be read, 2 wrong usage, 4 the log is broken.
 */
public final class Verify {

    static final int WHOLE = 0;
    static final int UNREADABLE = 1;
    static final int WRONG_USAGE = 2;
    static final int BROKEN = 4;

    private static final String USAGE =
            "Usage: Verify DIR [--key VKEY] [--pinned CHECKPOINT-FILE] [--policy FILE] [--witness VKEY]...";

    private Verify() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            Question question = Question.of(arguments);
            VerificationReport report = new Verifier(question.trust()).verify(question.folder());
            print(report, question.trust(), out);
            return report.isWhole() ? WHOLE : BROKEN;
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
            err.println(USAGE);
            return WRONG_USAGE;
        } catch (IOException e) {
            err.println("A file could not be read: " + e.getMessage());
            return UNREADABLE;
        }
    }

    /** What the command line asks for. */
    private record Question(Path folder, Trust trust) {

        static Question of(List<String> arguments) throws IOException {
            Optional<Path> folder = Optional.empty();
            Optional<VerifierKey> key = Optional.empty();
            Optional<SignedCheckpoint> pinned = Optional.empty();
            List<VerifierKey> witnesses = new ArrayList<>();
            Policy policy = Policy.NOBODY;
            for (int next = 0; next < arguments.size(); next++) {
                String word = arguments.get(next);
                switch (word) {
                    case "--key" -> key = Optional.of(VerifierKey.parse(valueAfter(next++, arguments)));
                    case "--pinned" ->
                        pinned = Optional.of(
                                SignedCheckpoint.parse(Files.readAllBytes(Path.of(valueAfter(next++, arguments)))));
                    case "--policy" ->
                        policy = Policy.parse(Files.readAllBytes(Path.of(valueAfter(next++, arguments))));
                    case "--witness" -> witnesses.add(VerifierKey.parse(valueAfter(next++, arguments)));
                    default -> {
                        if (word.startsWith("-") || folder.isPresent()) {
                            throw new IllegalArgumentException("Not understood: " + word);
                        }
                        folder = Optional.of(Path.of(word));
                    }
                }
            }
            return new Question(
                    folder.filter(Files::isDirectory)
                            .orElseThrow(() -> new IllegalArgumentException("The log's folder is expected.")),
                    new Trust(key, witnesses, pinned, policy));
        }

        private static String valueAfter(int option, List<String> arguments) {
            if (option + 1 >= arguments.size()) {
                throw new IllegalArgumentException("A value is expected after " + arguments.get(option) + ".");
            }
            return arguments.get(option + 1);
        }
    }

    private static void print(VerificationReport report, Trust trust, PrintStream out) {
        out.println("log: " + report.origin());
        out.println("size: " + report.size());
        report.root().ifPresent(root -> out.println("root: " + root.hex()));
        int known = trust.witnesses().size() + trust.policy().witnesses().size();
        if (report.witnesses().isEmpty()) {
            out.println("witnesses: not witnessed (0 of " + known + ")");
        } else {
            out.println("witnesses: " + report.witnesses().size() + " of " + known + " ("
                    + String.join(", ", report.witnesses()) + ")");
        }
        report.quorum()
                .ifPresent(quorum -> out.println("quorum: " + quorum.asked() + " asked for; " + quorum.entries()
                        + " entries stand under a checkpoint that has it"));
        if (!report.unconcluded().isEmpty()) {
            out.println("begun and not concluded: "
                    + report.unconcluded().stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
        report.remarks().forEach(remark -> out.println("remark: " + remark));
        report.firstBadIndex()
                .ifPresentOrElse(
                        index -> out.println("BROKEN: first bad index " + index + ". " + report.problem()),
                        () -> out.println("whole: every file agrees with the checkpoint"));
    }
}
