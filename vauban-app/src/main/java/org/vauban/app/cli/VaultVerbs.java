package org.vauban.app.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vauban.care.Copied;
import org.vauban.care.Damage;
import org.vauban.care.Scrubbed;
import org.vauban.hub.Hub;
import picocli.CommandLine.Option;

/** {@code backup} and {@code vault}: a second copy, and what has rotted. */
final class VaultVerbs {
    private static final int BROKEN = 4;

    private VaultVerbs() {}

    static List<Branch> vault() {
        return List.of(Branch.verb("scrub", () -> new Scrub()));
    }

    /** Makes or renews the second copy. */
    static final class Backup extends HubVerb {
        @Option(names = "--to", paramLabel = "DIR", descriptionKey = "copy-to", required = true)
        Path to = Path.of("");

        @Override
        protected Answer act(Hub hub, Call call) {
            Path folder = call.resolve(to);
            Copied copied = hub.care().backup(actor(hub, call), folder);
            return Answer.of(
                    Answer.document(
                            "copy", folder.toString(),
                            "files", copied.files(),
                            "written", copied.written(),
                            "bytes", copied.bytes(),
                            "entries", copied.entries()),
                    call.words().say("backup.done", folder, copied.files(), copied.written(), copied.entries()));
        }
    }

    /** Reads everything; exit status 4 while something is not whole. */
    static final class Scrub extends HubVerb {
        @Option(names = "--from", paramLabel = "DIR", descriptionKey = "copy-from")
        Optional<Path> from = Optional.empty();

        @Override
        protected Answer act(Hub hub, Call call) {
            Scrubbed scrubbed = hub.care().scrub(actor(hub, call), from.map(call::resolve));
            Words words = call.words();
            List<String> lines = new ArrayList<>();
            for (Damage damage : scrubbed.damages()) {
                lines.add(words.say(
                        damage.healed() ? "scrub.healed" : "scrub.damaged",
                        damage.path(),
                        words.say("scrub.of." + damage.kind())));
            }
            lines.add(words.say(
                    "scrub.done",
                    scrubbed.files(),
                    scrubbed.damages().size(),
                    scrubbed.damages().stream().filter(Damage::healed).count()));
            lines.add(words.say(
                    "scrub.not-checked",
                    scrubbed.notChecked().stream()
                            .map(part -> words.say("scrub.of." + part))
                            .collect(Collectors.joining(", "))));
            return new Answer(
                    Answer.document(
                            "files", scrubbed.files(),
                            "bytes", scrubbed.bytes(),
                            "whole", scrubbed.isWhole(),
                            "damages",
                                    scrubbed.damages().stream()
                                            .map(damage -> Answer.document(
                                                    "path", damage.path(),
                                                    "kind", damage.kind(),
                                                    "healed", damage.healed()))
                                            .toList(),
                            "not_run", scrubbed.notChecked()),
                    lines,
                    scrubbed.isWhole() ? 0 : BROKEN);
        }
    }
}
