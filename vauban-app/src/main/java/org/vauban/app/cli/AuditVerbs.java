package org.vauban.app.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vauban.hub.Home;
import org.vauban.ledger.note.MalformedNoteException;
import org.vauban.ledger.note.NoteSignature;
import org.vauban.ledger.note.SignedCheckpoint;
import org.vauban.ledger.note.VerifierKey;
import org.vauban.ledger.policy.Policy;
import org.vauban.ledger.tree.Hash;
import org.vauban.ledger.tree.HashTile;
import org.vauban.ledger.tree.InclusionProof;
import org.vauban.ledger.tree.Prover;
import org.vauban.ledger.tree.TilePath;
import org.vauban.ledger.verify.Trust;
import org.vauban.ledger.verify.VerificationReport;
import org.vauban.ledger.verify.Verifier;
import org.vauban.problem.Phrase;
import org.vauban.problem.Place;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code audit}: reads the log's files alone. It needs no key, no custodian, no session, and works on a copy; what people said in it is the
 * hub's: {@link BodiesVerbs}.
 */
final class AuditVerbs {
    private AuditVerbs() {}

    static List<Branch> audit() {
        return List.of(
                Branch.verb("verify", () -> new Verify()),
                Branch.verb("head", () -> new Head()),
                Branch.verb("proof", () -> new Proof()),
                Branch.verb("bodies", () -> new BodiesVerbs.Bodies()),
                Branch.verb("erase", () -> new BodiesVerbs.Erase()),
                Branch.verb("hold", () -> new BodiesVerbs.Hold()),
                Branch.verb("lift", () -> new BodiesVerbs.Lift()));
    }

    /** Checks the whole log. */
    static final class Verify extends LogVerb {
        @Option(names = "--key", paramLabel = "VKEY")
        String key = "";

        @Option(names = "--pinned", paramLabel = "FILE")
        Optional<Path> pinned = Optional.empty();

        @Option(names = "--policy", paramLabel = "FILE")
        Optional<Path> policy = Optional.empty();

        @Override
        protected Answer act(Call call) {
            Path log = log(call);
            VerificationReport report;
            try {
                report = new Verifier(trust(call)).verify(log);
            } catch (IOException unreadable) {
                throw unreadable(log, unreadable);
            }
            return answer(report, log, call);
        }

        private Trust trust(Call call) {
            Policy witnesses = policy.map(call::resolve).map(Policies::read).orElse(Policy.NOBODY);
            // An auditor's policy that names the log is believed before what the home says of itself.
            Optional<String> stated = witnesses.logs().isEmpty() ? keyOfHome(call) : Optional.empty();
            Optional<VerifierKey> log = (key.isBlank() ? stated : Optional.of(key)).map(this::parse);
            Trust trust = Trust.of(log).under(witnesses);
            return pinned.map(file -> trust.since(checkpoint(call.resolve(file))))
                    .orElse(trust);
        }

        private VerifierKey parse(String text) {
            try {
                return VerifierKey.parse(text);
            } catch (MalformedNoteException malformed) {
                throw Problem.of(ProblemCode.FIELD_WRONG_VALUE)
                        .with("field", "--key")
                        .expected("name+hash+base64")
                        .found(text.length() + " characters")
                        .exception(malformed);
            }
        }

        private static Answer answer(VerificationReport report, Path log, Call call) {
            Words words = call.words();
            List<String> lines = new ArrayList<>();
            lines.add(words.say(report.isWhole() ? "audit.whole" : "audit.broken", report.size()));
            lines.add(
                    "  " + words.say("audit.root", report.root().map(Hash::hex).orElse("-")));
            lines.add("  "
                    + report.quorum()
                            .map(quorum -> words.say(
                                            "audit.witnessed",
                                            quorum.entries(),
                                            report.size(),
                                            Policies.asked(quorum.asked(), words))
                                    + (report.witnesses().isEmpty()
                                            ? ""
                                            : ": " + String.join(", ", report.witnesses())))
                            .orElseGet(() -> words.say("audit.not-witnessed")));
            if (!report.unconcluded().isEmpty()) {
                lines.add("  "
                        + words.say("audit.unconcluded", report.unconcluded().size()));
            }
            report.remarks().forEach(remark -> lines.add("  " + remark));
            report.firstBadIndex()
                    .ifPresent(index -> call.terminal()
                            .err()
                            .println(Problem.of(ProblemCode.LEDGER_BROKEN)
                                    .found(words.say("audit.first-bad", index, report.problem()))
                                    .at(Place.file(log.toString()))
                                    .line(words.language())));
            var document = Answer.document(
                    "whole", report.isWhole(),
                    "origin", report.origin(),
                    "size", report.size(),
                    "root", report.root().map(Hash::hex).orElse(null),
                    "witnesses", report.witnesses(),
                    "witnessed", !report.witnesses().isEmpty(),
                    "quorum",
                            report.quorum()
                                    .map(VerificationReport.Quorum::asked)
                                    .orElse(null),
                    "witnessed_entries",
                            report.quorum()
                                    .map(VerificationReport.Quorum::entries)
                                    .orElse(null),
                    "unconcluded", report.unconcluded(),
                    "remarks", report.remarks());
            report.firstBadIndex().ifPresent(index -> {
                document.put("first_bad_index", index);
                document.put("problem", report.problem());
            });
            return new Answer(
                    document,
                    lines,
                    report.isWhole() ? 0 : ProblemCode.LEDGER_BROKEN.kind().exitStatus());
        }
    }

    /** Prints the signed checkpoint as it is published. */
    static final class Head extends LogVerb {
        @Override
        protected Answer act(Call call) {
            SignedCheckpoint signed = checkpoint(log(call).resolve("checkpoint"));
            String note = new String(signed.encode(), StandardCharsets.UTF_8);
            return Answer.of(
                    Answer.document(
                            "origin", signed.checkpoint().origin(),
                            "size", signed.checkpoint().size(),
                            "root", signed.checkpoint().root().hex(),
                            "cosigners",
                                    signed.note().signatures().stream()
                                            .map(NoteSignature::name)
                                            .filter(name -> !name.equals(
                                                    signed.checkpoint().origin()))
                                            .toList(),
                            "note", note),
                    note.stripTrailing());
        }
    }

    /** Proves that an entry is in the tree which the checkpoint signs. */
    static final class Proof extends LogVerb {
        @Parameters(paramLabel = "N", descriptionKey = "INDEX")
        long index;

        @Override
        protected Answer act(Call call) {
            Path log = log(call);
            SignedCheckpoint signed = checkpoint(log.resolve("checkpoint"));
            long size = signed.checkpoint().size();
            if (index < 0 || index >= size) {
                throw Problem.of(ProblemCode.NOT_FOUND)
                        .with("what", call.words().say("thing.entry"))
                        .found(index)
                        .exception();
            }
            var tiles = new Tiles(log, size);
            InclusionProof proof = new Prover(size, tiles::hashes).inclusion(index);
            Hash leaf = tiles.leaf(index);
            if (!proof.proves(leaf, signed.checkpoint().root())) {
                throw Problem.of(ProblemCode.LEDGER_BROKEN)
                        .found(call.words().say("audit.first-bad", index, "the proof does not lead to the signed root"))
                        .at(Place.file(log.toString()))
                        .exception();
            }
            return Answer.of(
                    Answer.document(
                            "index",
                            index,
                            "size",
                            size,
                            "leaf",
                            leaf.hex(),
                            "path",
                            proof.path().stream().map(Hash::hex).toList(),
                            "root",
                            signed.checkpoint().root().hex(),
                            "note",
                            new String(signed.encode(), StandardCharsets.UTF_8)),
                    proofLines(call, proof, leaf, signed));
        }

        private static List<String> proofLines(Call call, InclusionProof proof, Hash leaf, SignedCheckpoint signed) {
            List<String> lines = new ArrayList<>();
            lines.add(call.words().say("audit.proof", proof.index(), proof.size()));
            lines.add("  leaf " + leaf.hex());
            proof.path().forEach(hash -> lines.add("       " + hash.hex()));
            lines.add("  root " + signed.checkpoint().root().hex());
            return lines;
        }
    }

    private record Tiles(Path log, long size) {
        List<Hash> hashes(TilePath path) {
            Path file = log.resolve(path.toString());
            try {
                return HashTile.decode(Files.readAllBytes(file));
            } catch (IOException unreadable) {
                throw unreadable(file, unreadable);
            }
        }

        Hash leaf(long index) {
            long tile = index / TilePath.FULL;
            return hashes(new TilePath(0, tile, TilePath.widthIn(size, 0, tile)))
                    .get((int) (index % TilePath.FULL));
        }
    }

    /** A verb on the log's files. */
    abstract static class LogVerb extends LocalVerb {
        @Mixin
        HomeOptions home = new HomeOptions();

        final Path log(Call call) {
            return home.ledger(call).orElseGet(() -> {
                Path folder = home.home(call);
                return Home.settings(folder)
                        .orElseThrow(() -> Problem.of(ProblemCode.HOME_NOT_A_HOME)
                                .expected(call.words().say("home.expected"))
                                .found(folder)
                                .exception())
                        .ledgerFolder()
                        .map(Path::of)
                        .orElseGet(() -> folder.resolve("ledger"));
            });
        }

        /** The log's key as the home says it; an auditor brings the key from elsewhere. */
        final Optional<String> keyOfHome(Call call) {
            return Home.settings(home.home(call)).map(Home.Settings::ledgerKey);
        }

        static SignedCheckpoint checkpoint(Path file) {
            try {
                return SignedCheckpoint.parse(Files.readAllBytes(file));
            } catch (IOException unreadable) {
                throw unreadable(file, unreadable);
            } catch (MalformedNoteException malformed) {
                throw Problem.of(ProblemCode.LEDGER_BROKEN)
                        .found("checkpoint")
                        .at(Place.file(file.toString()))
                        .exception(malformed);
            }
        }
    }

    private static RuntimeException unreadable(Path file, IOException cause) {
        return Problem.of(ProblemCode.DOCUMENT_UNREADABLE)
                .expected(Phrase.A_READABLE_FILE_OF_THE_LOG)
                .found(cause.getClass().getSimpleName())
                .at(Place.file(file.toString()))
                .exception(cause);
    }
}
