package org.vauban.attack.canary;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.apache.commons.compress.compressors.lz4.FramedLZ4CompressorInputStream;
import org.apache.commons.compress.compressors.snappy.FramedSnappyCompressorInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The ways to pack that are told by their first bytes. Arrow needs none of its own: its buffers are plain, or Zstandard and LZ4 frames.
 */
enum Packing {
    GZIP("gzip") {
        @Override
        InputStream opened(InputStream packed) throws IOException {
            return new GZIPInputStream(packed);
        }
    },
    ZLIB("zlib") {
        @Override
        InputStream opened(InputStream packed) {
            return new InflaterInputStream(packed);
        }
    },
    ZSTD("zstd") {
        @Override
        InputStream opened(InputStream packed) throws IOException {
            return new ZstdInputStream(packed).setContinuous(true);
        }
    },
    LZ4("lz4") {
        @Override
        InputStream opened(InputStream packed) throws IOException {
            return new FramedLZ4CompressorInputStream(packed);
        }
    },
    SNAPPY("snappy") {
        @Override
        InputStream opened(InputStream packed) throws IOException {
            return new FramedSnappyCompressorInputStream(packed);
        }
    },
    ZIP("zip") {
        /** The local header of one entry, and its raw deflate; the next entry has a header of its own. */
        @Override
        InputStream opened(InputStream packed) throws IOException {
            byte[] header = new DataInputStream(packed).readNBytes(30);
            int names = shortAt(header, 26) + shortAt(header, 28);
            packed.skipNBytes(names);
            return new InflaterInputStream(packed, new Inflater(true));
        }
    },
    PARQUET("Parquet") {
        @Override
        InputStream opened(InputStream packed) {
            return packed;
        }

        @Override
        Unpacked unpack(InputStream packed) throws IOException {
            return ParquetFile.columns(read(packed));
        }
    };

    /** A layer larger than this is searched up to here, and told as cut short. */
    static final int LAYER_BYTES_MAX = 1 << 29;

    /** Less than this comes out of random bytes that look packed. */
    private static final int LAYER_BYTES_MIN = 8;

    private final String words;

    Packing(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    abstract InputStream opened(InputStream packed) throws IOException;

    Unpacked unpack(InputStream packed) throws IOException {
        Layer layer = read(packed, this);
        return layer.bytes.length < LAYER_BYTES_MIN
                ? Unpacked.NOTHING
                : new Unpacked(List.of(layer.bytes), layer.isCutShort);
    }

    private record Layer(byte[] bytes, boolean isCutShort) {}

    private static byte[] read(InputStream in) throws IOException {
        return in.readNBytes(LAYER_BYTES_MAX);
    }

    /** Whatever comes out before the stream ends or breaks: half a file betrays as much as a whole one. */
    private static Layer read(InputStream packed, Packing packing) {
        var out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 14];
        try (InputStream in = packing.opened(packed)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
                if (out.size() >= LAYER_BYTES_MAX) {
                    return new Layer(out.toByteArray(), true);
                }
            }
        } catch (IOException | RuntimeException broken) {
            return new Layer(out.toByteArray(), false);
        }
        return new Layer(out.toByteArray(), false);
    }

    /** The packing that may begin here, or null. */
    static @Nullable Packing at(byte[] bytes, int at) {
        return switch (bytes[at]) {
            case 0x1f -> bytes[at + 1] == (byte) 0x8b && bytes[at + 2] == 8 ? GZIP : null;
            // Deflate with its usual window; the two bytes are a multiple of 31, and no dictionary is asked for.
            case 0x78 -> ((0x7800 | bytes[at + 1] & 0xff) % 31 == 0 && (bytes[at + 1] & 0x20) == 0) ? ZLIB : null;
            case 0x28 -> intAt(bytes, at) == 0xfd2fb528 ? ZSTD : null;
            case 0x04 -> intAt(bytes, at) == 0x184d2204 ? LZ4 : null;
            case (byte) 0xff -> intAt(bytes, at) == 0x000006ff && intAt(bytes, at + 4) == 0x50614e73 ? SNAPPY : null;
            case 'P' -> zipOrParquet(bytes, at);
            default -> null;
        };
    }

    private static @Nullable Packing zipOrParquet(byte[] bytes, int at) {
        if (intAt(bytes, at) == 0x31524150) {
            return PARQUET;
        }
        return intAt(bytes, at) == 0x04034b50 && shortAt(bytes, at + 8) == 8 ? ZIP : null;
    }

    private static int intAt(byte[] bytes, int at) {
        return shortAt(bytes, at) | shortAt(bytes, at + 2) << 16;
    }

    private static int shortAt(byte[] bytes, int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
    }
}
