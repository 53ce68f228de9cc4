package dev.sluice.connector.file.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells versions of a file in the file system apart. */
final class LocalVersion {
    private static final int PROBE_BYTES = 4096;
    private static final int TAG_CHARACTERS = 16;
    private static final int ATTEMPTS = 3;

    private LocalVersion() {}

    /** What a file is now; its digest is of the version that the rest shows, unless it is written to all the time. */
    static SourceFile of(String name, Path path) throws IOException {
        SourceFile before = withTag(name, path, "");
        for (int attempt = 1; ; attempt++) {
            String tag = tag(path, before.size());
            SourceFile after = withTag(name, path, "");
            if (after.isSameVersion(before) || attempt == ATTEMPTS) {
                return new SourceFile(name, before.size(), before.modified(), tag, before.stamp());
            }
            before = after;
        }
    }

    /** What the file system says of a file now, with the digest that it had. */
    static SourceFile withTag(String name, Path path, String tag) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            Map<String, Object> unix = Files.readAttributes(path, "unix:size,lastModifiedTime,ino,ctime");
            String stamp = unix.get("ino") + ":" + nanos(unix.get("ctime"));
            long size = unix.get("size") instanceof Long bytes ? bytes : SourceFile.UNKNOWN;
            return new SourceFile(name, size, nanos(unix.get("lastModifiedTime")), tag, stamp);
        }
        BasicFileAttributes basic = Files.readAttributes(path, BasicFileAttributes.class);
        return new SourceFile(
                name, basic.size(), nanos(basic.lastModifiedTime()), tag, String.valueOf(basic.fileKey()));
    }

    private static long nanos(@Nullable Object time) {
        if (time instanceof FileTime known) {
            Instant instant = known.toInstant();
            return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
        }
        return SourceFile.UNKNOWN;
    }

    /** A digest of the first and the last bytes: a file that was replaced by one of equal size and time shows itself. */
    private static String tag(Path path, long size) throws IOException {
        try (FileChannel channel = FileChannel.open(path)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer buffer = ByteBuffer.allocate(PROBE_BYTES);
            update(digest, channel, buffer, 0);
            update(digest, channel, buffer, Math.max(0, size - PROBE_BYTES));
            return HexFormat.of().formatHex(digest.digest()).substring(0, TAG_CHARACTERS);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static void update(MessageDigest digest, FileChannel channel, ByteBuffer buffer, long at)
            throws IOException {
        buffer.clear();
        long position = at;
        while (buffer.hasRemaining()) {
            int read = channel.read(buffer, position);
            if (read < 0) {
                break;
            }
            position += read;
        }
        digest.update(buffer.flip());
    }
}
