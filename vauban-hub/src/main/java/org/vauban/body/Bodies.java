package org.vauban.body;

import org.vauban.custodian.KeyName;
import org.vauban.custody.Keys;
import org.vauban.vault.ObjectId;
import org.vauban.vault.SealContext;
import org.vauban.vault.Vault;
import tools.jackson.databind.json.JsonMapper;

/** Seals values as JSON and opens them again; a row keeps the name. The kind is bound: a body of one kind does not open as another. */
public final class Bodies {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Vault vault;

    public Bodies(Vault vault) {
        this.vault = vault;
    }

    /** Seals a record; durable when it returns. */
    public String seal(String kind, Object value) {
        return sealBytes(kind, JSON.writeValueAsBytes(value));
    }

    public <T> T open(String kind, String name, Class<T> type) {
        return JSON.readValue(openBytes(kind, name), type);
    }

    public String sealBytes(String kind, byte[] bytes) {
        return vault.seal(context(kind), bytes).id().value();
    }

    public byte[] openBytes(String kind, String name) {
        return vault.open(new ObjectId(name), context(kind));
    }

    /** The same under another key than the hub's: when that is destroyed, this is. */
    public String sealBytes(KeyName key, String kind, byte[] bytes) {
        return vault.seal(new SealContext(key, "body/" + kind), bytes).id().value();
    }

    public byte[] openBytes(KeyName key, String kind, String name) {
        return vault.open(new ObjectId(name), new SealContext(key, "body/" + kind));
    }

    private static SealContext context(String kind) {
        return new SealContext(Keys.BODY, "body/" + kind);
    }
}
