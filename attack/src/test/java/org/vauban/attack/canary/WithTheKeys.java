package org.vauban.attack.canary;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.vauban.attack.home.SealedFile;
import org.vauban.custodian.CustodianAddress;
import org.vauban.custodian.CustodianClient;
import org.vauban.custodian.CustodianServer;
import org.vauban.custodian.KeyName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opens what a hub and an identity zone store, for somebody who has their custodian, by the documents of the formats and not by the
 * program; and remembers each data key that this took.
 */
final class WithTheKeys implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int PART_HEADER_BYTES = 25;

    private final CustodianServer server;
    private final CustodianClient custodian;
    private final List<byte[]> dataKeys = new ArrayList<>();

    WithTheKeys(Path custodianFolder) {
        char[] passphrase = passphrase(custodianFolder).toCharArray();
        server = started(custodianFolder, passphrase);
        custodian =
                CustodianClient.connect(CustodianAddress.parse("unix:" + custodianFolder.resolve("custodian.sock")));
    }

    private static CustodianServer started(Path folder, char[] passphrase) {
        try {
            return CustodianServer.start(folder, passphrase, Clock.systemUTC());
        } catch (IOException unstarted) {
            throw new UncheckedIOException(unstarted);
        }
    }

    static String passphrase(Path custodianFolder) {
        try {
            return Files.readString(custodianFolder.resolve("passphrase")).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    List<byte[]> dataKeys() {
        return List.copyOf(dataKeys);
    }

    /** Gives the content of every part of the published editions. */
    void editions(Path home, Consumer<byte[]> contents) {
        for (Path stubFile : files(home.resolve("vault/editions"))) {
            JsonNode stub = json(bytes(stubFile));
            String hub = stub.path("hub").asString();
            JsonNode manifest = json(open(
                    home,
                    stub.path("manifest").asString(),
                    hub,
                    "manifest/" + stub.path("edition").asString(),
                    0));
            for (JsonNode part : manifest.path("parts")) {
                contents.accept(open(
                        home,
                        part.path("object").asString(),
                        hub,
                        part.path("table").asString() + "/" + part.path("group").asString(),
                        part.path("bucket").asInt()));
            }
        }
    }

    /** Gives the content, still compressed, of every part that the identity zone keeps. */
    void identities(Path zone, Consumer<byte[]> contents) {
        for (Path file : files(zone.resolve("deposits"))) {
            if (file.toString().endsWith(".env")) {
                contents.accept(part(bytes(file)));
            }
        }
    }

    private byte[] open(Path home, String object, String hub, String kind, int bucket) {
        SealedFile file = SealedFile.read(
                home.resolve("vault/objects").resolve(object.substring(0, 2)).resolve(object));
        byte[] associatedData = file.associatedData(hub, kind, bucket);
        byte[] dataKey = custodian.unwrap(KeyName.of(file.keyName()), file.wrappedKey(), associatedData);
        dataKeys.add(dataKey);
        return file.open(dataKey, associatedData);
    }

    private byte[] part(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        byte[] deposit = Arrays.copyOfRange(file, 5, 21);
        in.position(PART_HEADER_BYTES);
        byte[] sealedKey = new byte[in.getShort() & 0xffff];
        in.get(sealedKey);
        byte[] info = joined("vauban deposit 1 identity".getBytes(StandardCharsets.US_ASCII), deposit);
        byte[] dataKey = custodian.unwrap(KeyName.of("deposit"), sealedKey, info);
        dataKeys.add(dataKey);
        byte[] associatedData =
                joined(Arrays.copyOf(file, in.position()), "identity".getBytes(StandardCharsets.US_ASCII));
        try (InputStream opening = new AesGcmHkdfStreaming(dataKey, "HmacSha256", 32, 1 << 12, 0)
                .newDecryptingStream(new ByteArrayInputStream(file, in.position(), in.remaining()), associatedData)) {
            return opening.readAllBytes();
        } catch (IOException | GeneralSecurityException closed) {
            throw new IllegalStateException(
                    "An identity part does not open: " + HexFormat.of().formatHex(deposit), closed);
        }
    }

    @Override
    public void close() {
        custodian.close();
        server.close();
    }

    private static JsonNode json(byte[] bytes) {
        return JSON.readTree(bytes);
    }

    private static byte[] joined(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            return walk.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
