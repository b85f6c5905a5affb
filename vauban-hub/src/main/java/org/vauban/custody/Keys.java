package org.vauban.custody;

import java.time.Duration;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.vauban.custodian.Custodian;
import org.vauban.custodian.CustodianAddress;
import org.vauban.custodian.CustodianClient;
import org.vauban.custodian.CustodianException;
import org.vauban.custodian.DataKey;
import org.vauban.custodian.KeyInfo;
import org.vauban.custodian.KeyKind;
import org.vauban.custodian.KeyName;
import org.vauban.custodian.WrappedKey;
import org.vauban.problem.Phrase;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;

/**
 * The keys of one hub, all held by the custodian. Connects when first asked, so that what needs no key (help, public pages) works
 * without it; says {@code KEYS_ABSENT} when nobody answers.
 */
public final class Keys implements Custodian {
    /** Wraps the data keys of editions. */
    public static final KeyName EDITION = KeyName.of("edition");
    /** Wraps the data keys of what people wrote: applications, names, raw outputs, bodies of log entries. */
    public static final KeyName BODY = KeyName.of("body");
    /** Signs the log's checkpoints. */
    public static final KeyName LEDGER = KeyName.of("ledger");
    /** Signs the manifests of editions. */
    public static final KeyName MANIFEST = KeyName.of("manifest");
    /** Hides login names. */
    public static final KeyName PEOPLE = KeyName.of("people");
    /** Spreads persons over buckets and re-keys their rows. */
    public static final KeyName BUCKET = KeyName.of("bucket");

    /** Opened the deposits that producers sealed for the warehouse before each delivery had a key. */
    public static final KeyName DEPOSIT = KeyName.of("deposit");

    private static final Map<KeyName, KeyKind> OF_EVERY_HUB = Map.of(
            DEPOSIT, KeyKind.HPKE_X25519,
            EDITION, KeyKind.AES_256,
            BODY, KeyKind.AES_256,
            LEDGER, KeyKind.ED25519,
            MANIFEST, KeyKind.ED25519,
            PEOPLE, KeyKind.HMAC_SHA_256,
            BUCKET, KeyKind.HMAC_SHA_256);

    private final CustodianAddress address;
    private final Optional<String> expectedHub;
    private @Nullable Custodian custodian;
    private @Nullable String hubId;

    /** The keys at an address; when the hub is known already, another hub's keys are refused. */
    public Keys(CustodianAddress address, Optional<String> expectedHub) {
        this.address = address;
        this.expectedHub = expectedHub;
    }

    /** The key from which a project's own pseudonyms are made. */
    public static KeyName ofProject(String project) {
        return KeyName.of("project/" + project);
    }

    /** The key that wraps the data keys of what a project space holds. */
    public static KeyName ofProjectSpace(String project) {
        return KeyName.of("project-space/" + project);
    }

    /** The key that wraps nothing: it is there to be lent to the work under a permit, and destroyed when the permit has ended. */
    public static KeyName ofPermit(String permit) {
        return KeyName.of("permit/" + permit);
    }

    /** The key that a producer seals one delivery to. */
    public static KeyName ofDelivery(String delivery) {
        return KeyName.of("delivery/" + delivery);
    }

    /** The key by which persons are found again in an edition. */
    public static KeyName ofDirectory(String edition) {
        return KeyName.of("directory/" + edition);
    }

    /** The key that wraps the data keys of what was said in a month's entries of the log. */
    public static KeyName ofLog(YearMonth month) {
        return KeyName.of("log/" + month);
    }

    /** Creates the keys that every hub has and that this custodian lacks. */
    public void createMissing() {
        createMissing(OF_EVERY_HUB);
    }

    /** Creates the keys of a project, unless an act that was cut short has done so. A destroyed one stays destroyed, and is refused. */
    public void createOfProject(String project) {
        createMissing(Map.of(ofProject(project), KeyKind.HMAC_SHA_256, ofProjectSpace(project), KeyKind.AES_256));
    }

    /**
     * Destroys the keys of a project, for ever: what was sealed under them opens nowhere again, no copy of it either. Those that an act
     * which was cut short has destroyed stay so.
     *
     * @return what the custodian says of them afterwards
     */
    public List<KeyInfo> destroyOfProject(String project) {
        List<KeyName> names = List.of(ofProject(project), ofProjectSpace(project));
        keys().stream()
                .filter(key -> names.contains(key.name()) && key.destroyed().isEmpty())
                .map(KeyInfo::name)
                .forEach(this::destroyKey);
        return keys().stream().filter(key -> names.contains(key.name())).toList();
    }

    /** Creates the key of a permit, unless an act that was cut short has done so. */
    public void createOfPermit(String permit) {
        createMissing(Map.of(ofPermit(permit), KeyKind.AES_256));
    }

    /** Lends the right to work under a permit. One that is older than such keys gets its key with the first work under it. */
    public Duration leaseOfPermit(String permit) {
        KeyName key = ofPermit(permit);
        try {
            return lease(key);
        } catch (ProblemException no) {
            if (no.code() != ProblemCode.KEYS_REFUSED || find(key).isPresent()) {
                throw no;
            }
            createKey(key, KeyKind.AES_256);
            return lease(key);
        }
    }

    /**
     * Destroys the key of an ended permit: nothing is lent under it any more, whatever an older copy of HOME says of the permit. One that
     * has none gets it first, so that its name is taken.
     */
    public void destroyOfPermit(String permit) {
        KeyName key = ofPermit(permit);
        Optional<KeyInfo> found = find(key);
        if (found.isEmpty()) {
            createKey(key, KeyKind.AES_256);
        }
        if (found.isEmpty() || found.get().destroyed().isEmpty()) {
            destroyKey(key);
        }
    }

    /** Creates the key of a delivery. */
    public void createOfDelivery(String delivery) {
        createMissing(Map.of(ofDelivery(delivery), KeyKind.HPKE_X25519));
    }

    /** Destroys the key of a delivery, unless an act that was cut short has done so: what was sealed to it opens nowhere again. */
    public void destroyOfDelivery(String delivery) {
        find(ofDelivery(delivery))
                .filter(key -> key.destroyed().isEmpty())
                .map(KeyInfo::name)
                .ifPresent(this::destroyKey);
    }

    /** Creates the key of a month's entries, unless it is there. One that was destroyed stays so, and nothing is entered in that month. */
    public void createOfLog(YearMonth month) {
        createMissing(Map.of(ofLog(month), KeyKind.AES_256));
    }

    /** Destroys the key of a month's entries, unless an act that was cut short has done so. */
    public void destroyOfLog(YearMonth month) {
        find(ofLog(month))
                .filter(key -> key.destroyed().isEmpty())
                .map(KeyInfo::name)
                .ifPresent(this::destroyKey);
    }

    private Optional<KeyInfo> find(KeyName name) {
        return keys().stream().filter(key -> key.name().equals(name)).findFirst();
    }

    private void createMissing(Map<KeyName, KeyKind> wanted) {
        var existing = keys().stream()
                .filter(key -> key.destroyed().isEmpty())
                .map(KeyInfo::name)
                .collect(Collectors.toSet());
        wanted.forEach((name, kind) -> {
            if (!existing.contains(name)) {
                createKey(name, kind);
            }
        });
    }

    @Override
    public String hubId() {
        return asked(() -> {
            connected();
            return Objects.requireNonNull(hubId);
        });
    }

    @Override
    public List<byte[]> wrapAll(KeyName key, List<DataKey> dataKeys) {
        return asked(() -> connected().wrapAll(key, dataKeys));
    }

    @Override
    public List<byte[]> unwrapAll(KeyName key, List<WrappedKey> wrappedKeys) {
        return asked(() -> connected().unwrapAll(key, wrappedKeys));
    }

    @Override
    public byte[] sign(KeyName key, byte[] message) {
        return asked(() -> connected().sign(key, message));
    }

    @Override
    public byte[] publicKey(KeyName key) {
        return asked(() -> connected().publicKey(key));
    }

    @Override
    public byte[] mac(KeyName key, byte[] message) {
        return asked(() -> connected().mac(key, message));
    }

    @Override
    public List<byte[]> macAll(KeyName key, List<byte[]> messages) {
        return asked(() -> connected().macAll(key, messages));
    }

    @Override
    public void createKey(KeyName key, KeyKind kind) {
        asked(() -> {
            connected().createKey(key, kind);
            return true;
        });
    }

    @Override
    public void destroyKey(KeyName key) {
        asked(() -> {
            connected().destroyKey(key);
            return true;
        });
    }

    @Override
    public Duration lease(KeyName key) {
        return asked(() -> connected().lease(key));
    }

    @Override
    public List<KeyInfo> keys() {
        return asked(() -> connected().keys());
    }

    @Override
    public synchronized void close() {
        if (custodian != null) {
            custodian.close();
            custodian = null;
        }
    }

    private synchronized Custodian connected() {
        if (custodian == null) {
            Custodian found = CustodianClient.connect(address);
            String foundHub = found.hubId();
            if (expectedHub.isPresent() && !expectedHub.get().equals(foundHub)) {
                found.close();
                throw Problem.of(ProblemCode.KEYS_OF_ANOTHER_HUB)
                        .expected(expectedHub.get())
                        .found(foundHub)
                        .exception();
            }
            hubId = foundHub;
            custodian = found;
        }
        return custodian;
    }

    private <T> T asked(Supplier<T> question) {
        try {
            return question.get();
        } catch (CustodianException no) {
            throw switch (no.kind()) {
                case ABSENT ->
                    Problem.of(ProblemCode.KEYS_ABSENT).found(address).exception(no);
                case REFUSED ->
                    Problem.of(ProblemCode.KEYS_REFUSED)
                            .found(String.valueOf(no.getMessage()))
                            .exception(no);
                case BROKEN ->
                    Problem.of(ProblemCode.SEAL_BROKEN)
                            .found(Phrase.A_KEY_NOT_WRAPPED_HERE)
                            .exception(no);
                case PROTOCOL ->
                    Problem.of(ProblemCode.INTERNAL_FAULT)
                            .found(Phrase.AN_ANSWER_NOT_UNDERSTOOD)
                            .exception(no);
            };
        }
    }
}
