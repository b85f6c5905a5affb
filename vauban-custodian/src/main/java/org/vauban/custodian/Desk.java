package org.vauban.custodian;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Where requests are read, entered in the access log, done, and answered; one request at a time, whole. */
final class Desk {

    private static final Logger LOGGER = System.getLogger(Desk.class.getName());
    private static final int NAME_BYTES_MAX = 64;

    private final Custodian keys;
    private final AccessLog log;

    Desk(Custodian keys, AccessLog log) {
        this.keys = keys;
        this.log = log;
    }

    /** The answer to one request, whose bytes are zeroed. A failure is an answer too. */
    FieldWriter answer(byte[] request) {
        var answer = new FieldWriter().octet(Operation.DONE);
        try {
            perform(new FieldReader(request), answer);
            return answer;
        } catch (CustodianException e) {
            answer.close();
            return failure(e);
        } catch (RuntimeException e) {
            answer.close();
            LOGGER.log(Level.ERROR, "A request failed inside the custodian.", e);
            return failure(CustodianException.refused("The custodian failed inside; its standard error says where."));
        } finally {
            Arrays.fill(request, (byte) 0);
        }
    }

    /** The answer to what could not even be read as a request. */
    FieldWriter unreadable(CustodianException reason) {
        try {
            return unreadableIsLogged(() -> {
                throw reason;
            });
        } catch (CustodianException e) {
            return failure(e);
        }
    }

    static FieldWriter failure(CustodianException reason) {
        return new FieldWriter().octet(reason.kind().number()).text(String.valueOf(reason.getMessage()));
    }

    private void perform(FieldReader request, FieldWriter answer) {
        Operation operation = unreadableIsLogged(() -> Operation.of(request.octet()));
        switch (operation) {
            case HELLO -> {
                int version = unreadableIsLogged(() -> last(request, request.octet()));
                answer.text(entered(operation, Optional.empty(), 0, () -> hello(version)));
            }
            case WRAP -> {
                KeyName key = name(request);
                List<DataKey> dataKeys = unreadableIsLogged(() -> last(request, dataKeys(request)));
                try {
                    many(
                            answer,
                            entered(operation, Optional.of(key), dataKeys.size(), () -> keys.wrapAll(key, dataKeys)));
                } finally {
                    dataKeys.forEach(dataKey -> Arrays.fill(dataKey.bytes(), (byte) 0));
                }
            }
            case UNWRAP -> {
                KeyName key = name(request);
                List<WrappedKey> wrapped = unreadableIsLogged(() -> last(request, wrappedKeys(request)));
                many(answer, entered(operation, Optional.of(key), wrapped.size(), () -> keys.unwrapAll(key, wrapped)));
            }
            case SIGN -> {
                KeyName key = name(request);
                byte[] message = message(request);
                answer.bytes(entered(operation, Optional.of(key), 1, () -> keys.sign(key, message)));
            }
            case MAC -> {
                KeyName key = name(request);
                byte[] message = message(request);
                answer.bytes(entered(operation, Optional.of(key), 1, () -> keys.mac(key, message)));
            }
            case MAC_ALL -> {
                KeyName key = name(request);
                List<byte[]> messages = unreadableIsLogged(() -> last(request, messages(request)));
                many(answer, entered(operation, Optional.of(key), messages.size(), () -> keys.macAll(key, messages)));
            }
            case PUBLIC_KEY -> {
                KeyName key = unreadableIsLogged(() -> last(request, name(request)));
                answer.bytes(entered(operation, Optional.of(key), 1, () -> keys.publicKey(key)));
            }
            case CREATE_KEY -> {
                KeyName key = name(request);
                KeyKind kind = unreadableIsLogged(() -> last(request, KeyKind.of(request.octet())));
                entered(operation, Optional.of(key), 1, () -> {
                    keys.createKey(key, kind);
                    return key;
                });
            }
            case DESTROY_KEY -> {
                KeyName key = unreadableIsLogged(() -> last(request, name(request)));
                entered(operation, Optional.of(key), 1, () -> {
                    keys.destroyKey(key);
                    return key;
                });
            }
            case LEASE -> {
                KeyName key = unreadableIsLogged(() -> last(request, name(request)));
                int seconds = Math.toIntExact(Custodian.LEASE_MAX.toSeconds());
                entered(operation, Optional.of(key), seconds, () -> keys.lease(key));
                answer.number(seconds);
            }
            case KEYS -> {
                unreadableIsLogged(() -> last(request, operation));
                list(answer, entered(operation, Optional.empty(), 0, keys::keys));
            }
        }
    }

    private String hello(int version) {
        if (version != Operation.PROTOCOL_VERSION) {
            throw CustodianException.protocol("This custodian speaks version " + Operation.PROTOCOL_VERSION
                    + " of the protocol, the caller version " + version + ".");
        }
        return keys.hubId();
    }

    private <T> T entered(Operation operation, Optional<KeyName> key, int count, Supplier<T> act) {
        var durability = operation.repeatable() ? AccessLog.Durability.PROCESS : AccessLog.Durability.POWER_CUT;
        log.enter(operation.word(), key, count, "asked", durability);
        try {
            return act.get();
        } catch (CustodianException e) {
            String outcome = e.kind() == CustodianException.Kind.BROKEN ? "broken" : "refused";
            log.enter(operation.word(), key, count, outcome, durability);
            throw e;
        }
    }

    private <T> T unreadableIsLogged(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (CustodianException e) {
            log.enter("unreadable", Optional.empty(), 0, "refused", AccessLog.Durability.PROCESS);
            throw e;
        } catch (IllegalArgumentException e) {
            log.enter("unreadable", Optional.empty(), 0, "refused", AccessLog.Durability.PROCESS);
            throw CustodianException.protocol(String.valueOf(e.getMessage()));
        }
    }

    private KeyName name(FieldReader request) {
        return unreadableIsLogged(() -> KeyName.of(request.text(NAME_BYTES_MAX)));
    }

    private byte[] message(FieldReader request) {
        return unreadableIsLogged(() -> last(request, request.bytes(Custodian.MESSAGE_BYTES_MAX)));
    }

    private static <T> T last(FieldReader request, T field) {
        request.end();
        return field;
    }

    private static List<DataKey> dataKeys(FieldReader request) {
        int count = request.count(Custodian.KEYS_PER_REQUEST_MAX);
        List<DataKey> dataKeys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = request.bytes(DataKey.BYTES_MAX);
            dataKeys.add(new DataKey(bytes, request.bytes(DataKey.ASSOCIATED_BYTES_MAX)));
        }
        return dataKeys;
    }

    private static List<WrappedKey> wrappedKeys(FieldReader request) {
        int count = request.count(Custodian.KEYS_PER_REQUEST_MAX);
        List<WrappedKey> wrappedKeys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] wrapped = request.bytes(Wrapping.WRAPPED_BYTES_MAX);
            wrappedKeys.add(new WrappedKey(wrapped, request.bytes(DataKey.ASSOCIATED_BYTES_MAX)));
        }
        return wrappedKeys;
    }

    private static List<byte[]> messages(FieldReader request) {
        int count = request.count(Custodian.KEYS_PER_REQUEST_MAX);
        List<byte[]> messages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            messages.add(request.bytes(Custodian.MESSAGE_BYTES_MAX));
        }
        return messages;
    }

    private static void many(FieldWriter answer, List<byte[]> values) {
        answer.number(values.size());
        for (byte[] value : values) {
            answer.bytes(value);
            Arrays.fill(value, (byte) 0);
        }
    }

    private static void list(FieldWriter answer, List<KeyInfo> keys) {
        answer.number(keys.size());
        for (KeyInfo key : keys) {
            answer.text(key.name().text())
                    .octet(key.kind().number())
                    .number(key.version())
                    .longNumber(key.created().toEpochMilli())
                    .octet(key.destroyed().isPresent() ? 1 : 0)
                    .longNumber(
                            key.destroyed().map(moment -> moment.toEpochMilli()).orElse(0L));
        }
    }
}
