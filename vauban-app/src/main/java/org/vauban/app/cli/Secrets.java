package org.vauban.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;

/** Passwords and one-time tokens: the first line of a file, or asked for. Arguments are visible to every process; these never are there. */
final class Secrets {
    private Secrets() {}

    static char[] ask(Call call, Optional<Path> file, String question) {
        if (file.isPresent()) {
            Path path = call.resolve(file.get());
            try (var lines = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
                String line = lines.readLine();
                return line == null ? new char[0] : line.toCharArray();
            } catch (IOException unreadable) {
                throw Problem.of(ProblemCode.DOCUMENT_UNREADABLE)
                        .expected(call.words().say(question))
                        .found(unreadable.getClass().getSimpleName())
                        .at(Place.file(path.toString()))
                        .exception(unreadable);
            }
        }
        return call.terminal()
                .secret(call.words().say(question))
                .orElseThrow(() -> Problem.of(ProblemCode.USAGE)
                        .expected(call.words().say(question))
                        .found(call.words().say("usage.nothing"))
                        .exception());
    }
}
