package org.vauban.vault;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.vauban.custodian.Custodian;
import org.vauban.disk.Disk;
import org.vauban.disk.LocalDisk;

/** This machine's disk with little space left: after so many bytes no file takes any more. */
public final class FullDisk implements Disk {
    private final Disk disk = new LocalDisk();
    private long left;

    private FullDisk(long left) {
        this.left = left;
    }

    /** A vault on a disk with so many bytes left. */
    public static Vault vault(Path folder, Custodian custodian, long left) {
        return Vault.open(new FullDisk(left), folder, custodian);
    }

    @Override
    public NewFile create(Path file) throws IOException {
        NewFile real = disk.create(file);
        return new NewFile() {
            @Override
            public void write(int octet) throws IOException {
                write(new byte[] {(byte) octet}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                left -= length;
                if (left < 0) {
                    throw new IOException("No space left on device");
                }
                real.write(bytes, from, length);
            }

            @Override
            public void sync() throws IOException {
                real.sync();
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        disk.createFolder(folder);
    }

    @Override
    public InputStream read(Path file) throws IOException {
        return disk.read(file);
    }

    @Override
    public boolean exists(Path file) throws IOException {
        return disk.exists(file);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        disk.rename(from, to);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        disk.syncFolder(folder);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        return disk.list(folder);
    }
}
