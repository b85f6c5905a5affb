package org.vauban.edition;

import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.vauban.control.RandomName;
import org.vauban.custodian.Custodian;
import org.vauban.ledger.tree.Hash;
import org.vauban.omop.CdmTable;
import org.vauban.omop.EditionId;
import org.vauban.problem.Problem;
import org.vauban.problem.ProblemCode;
import org.vauban.problem.ProblemException;
import org.vauban.vault.ObjectId;
import org.vauban.vault.SealedObject;
import org.vauban.vault.Shelf;
import org.vauban.vault.Spill;
import org.vauban.vault.Vault;
import tools.jackson.core.JacksonException;

/**
 * The published editions of a hub.
 *
 * <p>Publishing has two phases, because the log must hold the root before anybody can read the edition:
 *
 * <pre>{@code
 * EditionDraft draft = editions.draft(buckets);
 * // … the draft is filled …
 * PreparedEdition prepared = editions.prepare(draft);   // all objects durable, nothing visible
 * // … the root is written to the log …
 * editions.publish(prepared);                           // one atomic switch
 * }</pre>
 *
 * A crash between the phases leaves objects that nobody names, and no edition.
 */
public final class Editions {
    /**
     * How many buckets a new hub has, for its whole life. With 600,000 persons a bucket of 37,500 with some 8 million rows is read
     * into a few hundred megabytes, and two to sixteen processors have enough of them to share; a small hub pays 16 small objects
     * per table and group, which is a second or two when it publishes.
     */
    public static final int BUCKETS_DEFAULT = 16;

    private final Vault vault;
    private final Shelf shelf;
    private final Custodian custodian;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public Editions(Vault vault, Custodian custodian, Clock clock) {
        this.vault = vault;
        this.shelf = vault.shelf("editions");
        this.custodian = custodian;
        this.clock = clock;
    }

    /** Begins a new edition. */
    public EditionDraft draft(int buckets) {
        if (buckets < 1 || Integer.bitCount(buckets) != 1) {
            throw new IllegalArgumentException("The number of buckets is a power of two");
        }
        return new EditionDraft(vault, new EditionId(RandomName.id('e')), buckets);
    }

    /** A place for rows that wait to be sealed and do not fit into memory; to be closed. One at a time. */
    public Spill spill() {
        return vault.spill();
    }

    /** Seals the manifest. Afterwards everything is durable and nothing is visible. */
    public PreparedEdition prepare(EditionDraft draft) {
        byte[] salt = new byte[Hash.LENGTH];
        random.nextBytes(salt);
        Manifest manifest = draft.manifest(custodian.hubId(), clock.instant(), salt);
        Hash root = manifest.root();
        SealedObject sealed = vault.seal(EditionDraft.manifestContext(manifest.edition()), manifest.json());
        Stub stub = Stub.sign(manifest.edition(), manifest.hub(), sealed.id().value(), root.hex(), custodian);
        return new PreparedEdition(
                draft.id(),
                root,
                manifest.rows().getOrDefault(CdmTable.PERSON.tableName(), 0L),
                manifest.rows().values().stream().mapToLong(Long::longValue).sum(),
                manifest.parts().size() + manifest.documents().size() + 1,
                draft.bytes() + sealed.bytes(),
                stub.json());
    }

    /** The switch: when this returns, the edition is there for everybody and survives a power cut. */
    public void publish(PreparedEdition prepared) {
        shelf.put(prepared.id().value(), prepared.stub());
    }

    /** The names of the published editions, sorted; asks no key. */
    public List<EditionId> list() {
        return shelf.names().stream().map(EditionId::new).toList();
    }

    /** Opens an edition whose root the caller knows from the log. */
    public Edition open(EditionId id, Hash pinnedRoot) {
        return open(id, pinnedRoot, stub(id));
    }

    /** Opens an edition under the root that its own signed stub states. */
    public Edition open(EditionId id) {
        return open(id, null, stub(id));
    }

    private Edition open(EditionId id, @Nullable Hash pinnedRoot, Stub stub) {
        if (!stub.edition().equals(id.value())) {
            throw broken(id, "its stub belongs to another edition");
        }
        if (!stub.hub().equals(custodian.hubId())) {
            throw broken(id, "it belongs to another hub");
        }
        if (!stub.isSignedBy(custodian)) {
            throw broken(id, "its signature is not the custodian's");
        }
        if (pinnedRoot != null && !pinnedRoot.hex().equals(stub.root())) {
            throw broken(id, "its root is not the one in the log");
        }
        Manifest manifest = manifest(id, stub);
        // Asserted twice: the signature covers the root, and the root must be that of the manifest in hand.
        if (!manifest.edition().equals(id.value()) || !manifest.root().hex().equals(stub.root())) {
            throw broken(id, "its manifest does not have the signed root");
        }
        return new Edition(vault, id, manifest, Hash.ofHex(stub.root()));
    }

    private Stub stub(EditionId id) {
        byte[] document = shelf.find(id.value())
                .orElseThrow(
                        () -> Problem.of(ProblemCode.EDITION_UNKNOWN).found(id).exception());
        try {
            Stub stub = Manifest.JSON.readValue(document, Stub.class);
            if (stub != null && stub.format() == Manifest.FORMAT && isWhole(stub)) {
                return stub;
            }
        } catch (JacksonException malformed) {
            // Answered below, with the same words as a stub that lacks a field.
        }
        throw broken(id, "its stub cannot be read");
    }

    @SuppressWarnings("ConstantValue") // The JSON reader leaves absent fields null, whatever the record says.
    private static boolean isWhole(Stub stub) {
        return Stream.of(stub.edition(), stub.hub(), stub.manifest(), stub.root(), stub.signature())
                .noneMatch(Objects::isNull);
    }

    private Manifest manifest(EditionId id, Stub stub) {
        try {
            return Manifest.parse(
                    vault.open(new ObjectId(stub.manifest()), EditionDraft.manifestContext(stub.edition())));
        } catch (JacksonException | IllegalArgumentException malformed) {
            throw broken(id, "its manifest cannot be read");
        }
    }

    static ProblemException broken(EditionId id, String found) {
        return Problem.of(ProblemCode.EDITION_BROKEN).found(id + ": " + found).exception();
    }
}
