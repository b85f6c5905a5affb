package org.vauban.identity.protocol;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The hub, asking the zone who is who under pseudonyms. */
public final class AnswersClient implements AutoCloseable {

    /** The zone gives a sign every few seconds while it works. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final int LISTS_MAX = 20_000;
    private static final int PAIRS_MAX = 100_000_000;
    private static final int TEXT_MAX = 256;

    private final Path socket;
    private final Frames frames;

    private AnswersClient(Path socket, Frames frames) {
        this.socket = socket;
        this.frames = frames;
    }

    /**
     * Connects.
     *
     * @param socket the zone's {@code answers.sock}
     * @throws IdentityException absent, when nobody answers there
     */
    public static AnswersClient connect(Path socket) {
        return new AnswersClient(socket, Sockets.connect(socket, PATIENCE));
    }

    /**
     * A record and its person.
     *
     * @param record the record number that the producer's deposit gave it
     * @param pseudonym {@code v1:} and 43 base64url characters, the same for all records of one person
     */
    public record RecordPerson(String record, String pseudonym) {}

    /** The records of one deposit, in their order in it. */
    public record DepositPersons(String deposit, List<RecordPerson> persons) {
        public DepositPersons {
            persons = List.copyOf(persons);
        }

        @Override
        public String toString() {
            return "DepositPersons[" + deposit + ", " + persons.size() + " records]";
        }
    }

    /**
     * The answer.
     *
     * @param deposits in the order asked
     * @param report how good the linkage is, a JSON document of counts
     */
    public record Linked(List<DepositPersons> deposits, String report) {
        public Linked {
            deposits = List.copyOf(deposits);
        }
    }

    /**
     * Links deposits that the zone has. The same batch asked again gets the same answer.
     *
     * @param batch a name of at most 64 small letters, digits and hyphens
     * @param deposits the ids of identity deposits
     * @throws IdentityException refused, when a deposit is unknown, or the batch was asked with other deposits, or too often
     */
    public Linked link(String batch, List<String> deposits) {
        try {
            var request = new MessageWriter().octet(Operation.LINK).text(batch).number(deposits.size());
            deposits.forEach(request::text);
            frames.write(request);
            return read(deposits);
        } catch (IOException e) {
            throw Sockets.absent(socket, e);
        }
    }

    /**
     * A list of objections that the zone has.
     *
     * @param id its deposit's id
     * @param taker who takes objections and gave it
     */
    public record ObjectionList(String id, String taker) {}

    /**
     * Who of a batch objects.
     *
     * @param lists those that were looked at, in the order in which they came
     * @param records how many records they have
     * @param pseudonyms of the persons of the batch who are on one of them
     */
    public record Objecting(List<ObjectionList> lists, int records, List<String> pseudonyms) {
        public Objecting {
            lists = List.copyOf(lists);
            pseudonyms = List.copyOf(pseudonyms);
        }

        @Override
        public String toString() {
            return "Objecting[" + lists.size() + " lists]";
        }
    }

    /**
     * Asks who of a batch is on a list of objections that the zone has. Lists count until a later one of the same taker is accepted.
     *
     * @param batch a batch that was linked, or nothing when the question is for the lists alone
     * @param accepted ids of lists that take the place of the earlier ones of their taker
     * @throws IdentityException refused, when the batch or a list is unknown
     */
    public Objecting objecting(String batch, List<String> accepted) {
        try {
            var request =
                    new MessageWriter().octet(Operation.OBJECTING).text(batch).number(accepted.size());
            accepted.forEach(request::text);
            frames.write(request);
            return readObjecting();
        } catch (IOException e) {
            throw Sockets.absent(socket, e);
        }
    }

    private Objecting readObjecting() throws IOException {
        List<ObjectionList> lists = new ArrayList<>();
        List<String> pseudonyms = new ArrayList<>();
        int records = 0;
        int expected = 0;
        while (true) {
            MessageReader message = Answers.done(frames.answer());
            switch (message.octet()) {
                case Operation.WORKING -> {}
                case Operation.LISTS -> {
                    records = message.count(PAIRS_MAX);
                    expected = message.count(PAIRS_MAX);
                    int count = message.count(LISTS_MAX);
                    for (int at = 0; at < count; at++) {
                        lists.add(new ObjectionList(message.text(TEXT_MAX), message.text(TEXT_MAX)));
                    }
                }
                case Operation.PSEUDONYMS -> {
                    int count = message.count(PAIRS_MAX);
                    for (int at = 0; at < count; at++) {
                        pseudonyms.add(message.text(TEXT_MAX));
                    }
                }
                case Operation.END -> {
                    if (pseudonyms.size() != expected) {
                        throw IdentityException.protocol("The answer is not whole.");
                    }
                    return new Objecting(lists, records, pseudonyms);
                }
                default -> throw IdentityException.protocol("The answer has a part that is not known.");
            }
            message.end();
        }
    }

    @Override
    public void close() {
        try {
            frames.close();
        } catch (IOException _) {
            // Gone already.
        }
    }

    private Linked read(List<String> deposits) throws IOException {
        List<List<RecordPerson>> persons = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        deposits.forEach(_ -> persons.add(new ArrayList<>()));
        String report = "";
        while (true) {
            MessageReader message = Answers.done(frames.answer());
            switch (message.octet()) {
                case Operation.WORKING -> {}
                case Operation.REPORT -> {
                    report = message.text(Frames.BODY_BYTES_MAX);
                    for (int at = 0; at < deposits.size(); at++) {
                        expected.add(message.count(PAIRS_MAX));
                    }
                }
                case Operation.PAIRS -> {
                    List<RecordPerson> of = persons.get(message.count(deposits.size() - 1));
                    int count = message.count(PAIRS_MAX);
                    for (int at = 0; at < count; at++) {
                        of.add(new RecordPerson(message.text(TEXT_MAX), message.text(TEXT_MAX)));
                    }
                }
                case Operation.END -> {
                    return linked(deposits, persons, expected, report);
                }
                default -> throw IdentityException.protocol("The answer has a part that is not known.");
            }
            message.end();
        }
    }

    private static Linked linked(
            List<String> deposits, List<List<RecordPerson>> persons, List<Integer> expected, String report) {
        List<DepositPersons> answers = new ArrayList<>();
        for (int at = 0; at < deposits.size(); at++) {
            if (expected.size() != deposits.size()
                    || expected.get(at) != persons.get(at).size()) {
                throw IdentityException.protocol("The answer is not whole.");
            }
            answers.add(new DepositPersons(deposits.get(at), persons.get(at)));
        }
        return new Linked(answers, report);
    }
}
