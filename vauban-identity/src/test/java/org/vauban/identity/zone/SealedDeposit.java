package org.vauban.identity.zone;

import com.google.crypto.tink.HybridEncrypt;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.hybrid.HpkeParameters;
import com.google.crypto.tink.hybrid.HpkePublicKey;
import com.google.crypto.tink.hybrid.HybridConfig;
import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.google.crypto.tink.util.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.vauban.identity.linkage.MadeUpPeople.Line;

/** Identity deposits as a producer's splitter makes them, with another hand's library. */
final class SealedDeposit {

    static final String HEADER = "record;nir_insured;nir;nir_qualified;birth_name;used_name;given_names;birth_date;sex;"
            + "birth_place;commune;postcode;phone;local_id";
    private static final String HEAD = "{\"format\":1,\"table\":\"IDENTITY\",\"media\":\"csv\",\"delimiter\":\";\"}\n";

    private final byte[] publicKey;
    private final Path folder;
    private final String producer;
    private final String kind;
    private final byte[] id = new byte[16];
    private final Random random;

    SealedDeposit(byte[] publicKey, Path folder, String producer, String kind, long seed) {
        this.publicKey = publicKey;
        this.folder = folder;
        this.producer = producer;
        this.kind = kind;
        this.random = new Random(seed);
        random.nextBytes(id);
    }

    String id() {
        return HexFormat.of().formatHex(id);
    }

    Path folder() {
        return folder;
    }

    /** Record numbers are {@code 1000·n}, patient numbers {@code IPPn}; an insurer's have none. */
    static List<String> rows(List<Line> lines, String kind) {
        List<String> rows = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            Line line = lines.get(at);
            boolean insurer = kind.equals("snds");
            String nir13 = line.nir().isEmpty() ? "" : line.nir().substring(0, 13);
            rows.add(String.join(
                    ";",
                    String.valueOf((at + 1) * 1000L),
                    insurer ? nir13 : "",
                    line.nir(),
                    line.nir().isEmpty() ? "" : "1",
                    line.birthName(),
                    line.usedName(),
                    line.givenNames(),
                    line.birthDate(),
                    line.sex(),
                    line.birthPlace(),
                    line.commune(),
                    line.postcode(),
                    line.phone(),
                    insurer ? "" : "IPP" + at));
        }
        return rows;
    }

    /** Seals the rows in parts of so many, and writes the manifest. */
    SealedDeposit seal(List<String> rows, int rowsPerPart) throws IOException, GeneralSecurityException {
        List<String> parts = new ArrayList<>();
        for (int from = 0; from < rows.size(); from += rowsPerPart) {
            List<String> some = rows.subList(from, Math.min(rows.size(), from + rowsPerPart));
            parts.add(HEAD + HEADER + "\n" + String.join("\n", some) + "\n");
        }
        return sealParts(parts.stream()
                .map(part -> part.getBytes(StandardCharsets.UTF_8))
                .map(SealedDeposit::gzip)
                .toList());
    }

    /** Seals any content, for hostile parts too. */
    SealedDeposit sealParts(List<byte[]> contents) throws IOException, GeneralSecurityException {
        Files.createDirectories(folder);
        List<String> entries = new ArrayList<>();
        for (int number = 1; number <= contents.size(); number++) {
            byte[] sealed = part(number, contents.get(number - 1));
            String name = "part-%05d.env".formatted(number);
            Files.write(folder.resolve(name), sealed);
            entries.add("{\"name\":\"" + name + "\",\"bytes\":" + sealed.length + ",\"sha256\":\"" + sha256(sealed)
                    + "\"}");
        }
        Files.writeString(
                folder.resolve("manifest.json"),
                "{\"format\":1,\"deposit\":\"" + id() + "\",\"zone\":\"identity\",\"producer\":\"" + producer
                        + "\",\"kind\":\""
                        + kind + "\",\"created\":\"2026-11-22T00:00:00Z\",\"key\":\"" + sha256(publicKey)
                        + "\",\"parts\":["
                        + String.join(",", entries) + "]}");
        return this;
    }

    private byte[] part(int number, byte[] content) throws IOException, GeneralSecurityException {
        byte[] dataKey = new byte[32];
        random.nextBytes(dataKey);
        byte[] info = ByteBuffer.allocate(25 + 16)
                .put("vauban deposit 1 identity".getBytes(StandardCharsets.US_ASCII))
                .put(id)
                .array();
        byte[] sealedKey = hpke().encrypt(dataKey, info);
        byte[] header = ByteBuffer.allocate(4 + 1 + 16 + 4 + 2 + sealedKey.length)
                .put("VDEP".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put(id)
                .putInt(number)
                .putShort((short) sealedKey.length)
                .put(sealedKey)
                .array();
        var sealed = new ByteArrayOutputStream();
        sealed.write(header);
        byte[] place = ByteBuffer.allocate(header.length + 8)
                .put(header)
                .put("identity".getBytes(StandardCharsets.US_ASCII))
                .array();
        try (OutputStream out =
                new AesGcmHkdfStreaming(dataKey, "HmacSha256", 32, 1 << 12, 0).newEncryptingStream(sealed, place)) {
            out.write(content);
        }
        return sealed.toByteArray();
    }

    static byte[] gzip(byte[] content) {
        var packed = new ByteArrayOutputStream();
        try (var out = new GZIPOutputStream(packed)) {
            out.write(content);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return packed.toByteArray();
    }

    @com.google.crypto.tink.AccessesPartialKey
    private HybridEncrypt hpke() throws GeneralSecurityException {
        HybridConfig.register();
        HpkeParameters parameters = HpkeParameters.builder()
                .setKemId(HpkeParameters.KemId.DHKEM_X25519_HKDF_SHA256)
                .setKdfId(HpkeParameters.KdfId.HKDF_SHA256)
                .setAeadId(HpkeParameters.AeadId.AES_256_GCM)
                .setVariant(HpkeParameters.Variant.NO_PREFIX)
                .build();
        HpkePublicKey key = HpkePublicKey.create(parameters, Bytes.copyFrom(publicKey), null);
        return KeysetHandle.newBuilder()
                .addEntry(KeysetHandle.importKey(key).withFixedId(1).makePrimary())
                .build()
                .getPrimitive(RegistryConfiguration.get(), HybridEncrypt.class);
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
