package org.vauban.deposit.envelope;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * How the content of a part is made smaller before it is sealed; the format number of the part tells which. Health data are many and
 * take what is quickest; the identity zone stands on the JDK alone and takes what that has.
 */
enum Compression {
    GZIP(1) {
        @Override
        OutputStream smaller(OutputStream out) throws IOException {
            return new FastGzip(out);
        }

        @Override
        InputStream whole(InputStream in) throws IOException {
            return new GZIPInputStream(in, BUFFER_BYTES);
        }
    },
    ZSTD(2) {
        @Override
        OutputStream smaller(OutputStream out) throws IOException {
            return new ZstdOutputStreamNoFinalizer(out, ZSTD_LEVEL);
        }

        @Override
        InputStream whole(InputStream in) throws IOException {
            return new ZstdInputStreamNoFinalizer(in);
        }
    };

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int ZSTD_LEVEL = 1;

    private final int format;

    Compression(int format) {
        this.format = format;
    }

    /** The format number of a part that is compressed so. */
    int format() {
        return format;
    }

    static Compression of(Zone zone) {
        return zone == Zone.HEALTH ? ZSTD : GZIP;
    }

    static Compression of(int format) throws IOException {
        for (Compression each : values()) {
            if (each.format == format) {
                return each;
            }
        }
        throw new IOException("no part of a known format");
    }

    abstract OutputStream smaller(OutputStream out) throws IOException;

    abstract InputStream whole(InputStream in) throws IOException;

    /** The quickest level: the pipe behind it is slower than any, and the parts are read once. */
    private static final class FastGzip extends GZIPOutputStream {
        FastGzip(OutputStream out) throws IOException {
            super(out, BUFFER_BYTES);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }
}
