package org.vauban.attack.canary;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorOutputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The search can find: each form, however packed, wherever it stands. And it finds nothing where there is nothing. */
class SearchTest {
    private static final List<Canary> PEOPLE = Canary.people(40, 7);
    private static final int OFFSET = 1_777;

    @TempDir
    Path folder = Path.of("");

    @Test
    void thereAreMoreThanNinetyEncodings() {
        assertThat(wanted().encodings()).hasSizeGreaterThan(90);
    }

    @Test
    void noValueIsThatOfTwoPeopleAndNoFormOfOneIsInAnothersValues() {
        Set<String> values = new HashSet<>();
        for (Canary person : PEOPLE) {
            Stream.concat(person.identityWords().values().stream(), person.healthWords().values().stream())
                    .forEach(value -> assertThat(values.add(value)).isTrue());
        }
    }

    /** Each form by itself, among random bytes. */
    @Test
    void everyFormIsFoundAndItsOwnerAlone() {
        Canary person = PEOPLE.get(3);
        List<Form> forms = new ArrayList<>(Forms.ofIdentity(person));
        forms.addAll(Forms.ofHealth(person));
        byte[] around = random(OFFSET + 400, 1);
        Wanted wanted = wanted();

        for (Form form : forms) {
            byte[] bytes = around.clone();
            System.arraycopy(form.bytes(), 0, bytes, OFFSET, form.bytes().length);
            Found found = Search.in(wanted, "planted", bytes);

            if (form.weak()) {
                assertThat(found.count()).as(form.encoding()).isZero();
            } else {
                assertThat(found.owners())
                        .as(form.value() + " as " + form.encoding())
                        .isEqualTo(only(3));
            }
        }
    }

    @Test
    void nothingIsLostWhereOneChunkEndsAndTheNextBegins() {
        byte[] name = PEOPLE.get(6).family().getBytes(StandardCharsets.UTF_16BE);
        Wanted wanted = wanted();

        for (int before = 0; before <= name.length; before++) {
            byte[] bytes = new byte[(1 << 20) + 600];
            System.arraycopy(name, 0, bytes, (1 << 20) - before, name.length);

            assertThat(Search.in(wanted, "chunks", bytes).owners()).isEqualTo(only(6));
        }
    }

    @Test
    void aCrowdOfWeakFormsIsAFinding() {
        var bytes = new ByteArrayOutputStream();
        for (Canary person : PEOPLE) {
            Forms.ofIdentity(person).stream()
                    .filter(Form::weak)
                    .limit(1)
                    .forEach(form -> bytes.writeBytes(form.bytes()));
        }

        assertThat(Search.in(wanted(), "checksums", bytes.toByteArray()).count())
                .isEqualTo(PEOPLE.size());
    }

    @Test
    void nothingIsFoundInRandomBytes() {
        Found found = Search.in(wanted(), "noise", random(16 << 20, 2));

        assertThat(found.count()).isZero();
        assertThat(found.schedules()).isEmpty();
        assertThat(found.bytes()).isGreaterThanOrEqualTo(16 << 20);
    }

    /** Packed at an odd place of a file that is something else, and the packed file packed again. */
    @ParameterizedTest
    @EnumSource(
            value = Packing.class,
            names = {"PARQUET"},
            mode = EnumSource.Mode.EXCLUDE)
    void whatIsPackedTwiceIsFoundWhateverStandsBefore(Packing packing) throws IOException {
        byte[] inner = packed(packing, PEOPLE.get(5).family().getBytes(StandardCharsets.UTF_16LE));
        byte[] outer = packed(packing, joined(random(777, 3), inner));
        Files.write(folder.resolve("object"), joined(random(70_001, 4), outer, random(50, 5)));

        Found found = Search.in(wanted(), folder);

        assertThat(found.owners()).isEqualTo(only(5));
        assertThat(found.places().getFirst())
                .contains(packing.words() + "@70001")
                .contains("family name");
    }

    @Test
    void aCutFileIsReadAsFarAsItGoes() throws IOException {
        byte[] content = joined(PEOPLE.get(8).street().getBytes(StandardCharsets.UTF_8), random(9_000, 6));
        byte[] whole = packed(Packing.GZIP, content);

        Found found = Search.in(wanted(), "cut", Arrays.copyOf(whole, whole.length - 2_000));

        assertThat(found.owners()).isEqualTo(only(8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"snappy", "zstd", "gzip", "lz4_raw", "uncompressed"})
    void parquetIsOpenedWhateverItsCodec(String codec) throws Exception {
        Canary person = PEOPLE.get(9);
        Path file = folder.resolve("table.parquet");
        try (var duck = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duck.createStatement()) {
            statement.execute("CREATE TABLE events(day DATE, code VARCHAR, nir BIGINT)");
            try (var insert = duck.prepareStatement("INSERT INTO events VALUES (?, ?, ?)")) {
                for (int row = 0; row < 3; row++) {
                    insert.setObject(1, person.days().get(row));
                    insert.setString(2, PEOPLE.get(10).code());
                    insert.setLong(3, Long.parseLong(PEOPLE.get(11).nir()));
                    insert.execute();
                }
            }
            statement.execute("COPY events TO '" + file + "' (FORMAT parquet, COMPRESSION " + codec + ")");
        }
        byte[] inside = joined(random(999, 7), Files.readAllBytes(file), new byte[500]);

        Found found = Search.in(wanted(), "object", inside);

        BitSet expected = only(9);
        expected.set(10);
        expected.set(11);
        assertThat(found.owners()).isEqualTo(expected);
    }

    @Test
    void aKeyIsFoundAndASchedulesKeyNeedNotBeKnown() {
        byte[] key = HexFormat.of().parseHex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
        var wanted = new Wanted();
        wanted.key("edition", key);
        byte[] schedule = KeySchedule.of(key);
        byte[] foreign = KeySchedule.of(random(32, 8));

        // FIPS 197, appendix A.3: the last word of this key's expansion.
        assertThat(HexFormat.of().formatHex(schedule, 236, 240)).isEqualTo("706c631e");
        assertThat(Search.in(wanted, "raw", joined(random(99, 9), key)).count()).isEqualTo(1);
        Found both = Search.in(wanted, "schedules", joined(random(99, 9), foreign, schedule));
        assertThat(both.count()).isEqualTo(1);
        assertThat(both.schedules()).hasSize(2);
    }

    @Test
    void namesOfFilesAreSearched() throws IOException {
        Files.createDirectories(folder.resolve("disease=" + PEOPLE.get(2).code()));

        assertThat(Search.in(wanted(), folder).owners()).isEqualTo(only(2));
    }

    private static Wanted wanted() {
        var wanted = new Wanted();
        PEOPLE.forEach(wanted::person);
        return wanted;
    }

    private static BitSet only(int owner) {
        var owners = new BitSet();
        owners.set(owner);
        return owners;
    }

    private static byte[] packed(Packing packing, byte[] content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (OutputStream out = switch (packing) {
            case GZIP -> new GZIPOutputStream(bytes);
            case ZLIB -> new DeflaterOutputStream(bytes);
            case ZSTD -> new ZstdOutputStream(bytes);
            case LZ4 -> new FramedLZ4CompressorOutputStream(bytes);
            case SNAPPY -> new FramedSnappyCompressorOutputStream(bytes);
            case ZIP -> {
                var zip = new ZipOutputStream(bytes);
                zip.putNextEntry(new ZipEntry("an entry"));
                yield zip;
            }
            case PARQUET -> throw new IllegalArgumentException("made by DuckDB");
        }) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] random(int count, long seed) {
        byte[] bytes = new byte[count];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
