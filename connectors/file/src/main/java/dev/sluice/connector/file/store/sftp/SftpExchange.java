package dev.sluice.connector.file.store.sftp;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import dev.sluice.connector.file.store.ObjectStore;
import dev.sluice.connector.file.store.StoreProblems;
import dev.sluice.connector.file.store.StoredObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/**
 * Writes small files on a condition, with what SSH servers do in one step: to give a file a name that nothing has yet, and
 * to put a file in the place of another one.
 *
 * <p>The version of a file is its time and size, and each write makes it at least a second younger than the one before. Who
 * wants to follow a version first takes the one name that its successor may have; the file with that name is the commit.
 * Then it takes the place of its predecessor, and whoever comes upon it before that does this for it.
 */
final class SftpExchange {
    private final SftpFiles files;

    SftpExchange(SftpFiles files) {
        this.files = files;
    }

    Optional<String> put(String key, byte[] content, String expected) {
        String mine = SftpFiles.beside(key);
        try {
            String version = write(mine, content, following(expected));
            boolean won = expected.isEmpty() ? files.link(mine, key) : follow(key, expected, mine, version);
            return won ? Optional.of(version) : Optional.empty();
        } finally {
            files.delete(mine);
        }
    }

    private static long following(String expected) {
        long now = Instant.now().getEpochSecond();
        int end = expected.indexOf('-');
        return end < 0 ? now : Math.max(now, Long.parseLong(expected.substring(0, end)) + 1);
    }

    private String write(String key, byte[] content, long seconds) {
        files.write(key, () -> new ByteArrayInputStream(content));
        SftpATTRS written = files.ask(key, line -> {
            String path = SftpFiles.quoted(SftpFiles.path(key));
            line.setMtime(path, (int) seconds);
            return line.stat(path);
        });
        if (SftpFiles.seconds(written) != seconds || written.getSize() != content.length) {
            throw StoreProblems.unconditional(files.address(""))
                    .because("the server does not keep the times of files, which tell their versions apart")
                    .exception();
        }
        return SftpFiles.version(written);
    }

    private boolean follow(String key, String expected, String mine, String version) {
        if (!isStill(key, expected)) {
            return false;
        }
        String successor = successor(key, expected);
        if (!files.link(mine, successor)) {
            finish(key, expected);
            return false;
        }
        // From here on nobody else follows that version, unless it had a successor whose name was free again.
        if (isStill(key, expected)) {
            // If the name is gone, somebody has done this already.
            files.renameIfThere(successor, key);
            return true;
        }
        boolean doneByOthers = isStill(key, version);
        if (!doneByOthers) {
            files.delete(successor);
        }
        return doneByOthers;
    }

    private boolean isStill(String key, String version) {
        return files.find(key).filter(there -> there.version().equals(version)).isPresent();
    }

    /** The name that only one may take who follows a version. */
    private static String successor(String key, String version) {
        return SftpFiles.folder(key) + SftpFiles.OURS + key.substring(key.lastIndexOf('/') + 1) + "-after-" + version;
    }

    /** Puts the successor of a version in its place, for one that was stopped before it did so; false if there is none. */
    private boolean finish(String key, String version) {
        String successor = successor(key, version);
        if (files.find(successor).isEmpty()) {
            return false;
        }
        if (isStill(key, version)) {
            files.renameIfThere(successor, key);
        }
        return true;
    }

    Optional<ObjectStore.Content> read(String key, int maxBytes) {
        while (true) {
            Optional<StoredObject> before = files.find(key);
            if (before.isEmpty()) {
                return Optional.empty();
            }
            String version = before.get().version();
            boolean changed = finish(key, version);
            Optional<byte[]> content = changed ? Optional.empty() : bytes(key, maxBytes);
            if (content.isPresent() && isStill(key, version)) {
                return Optional.of(new ObjectStore.Content(content.get(), version));
            }
        }
    }

    private Optional<byte[]> bytes(String key, int maxBytes) {
        return files.ask(key, line -> {
            try (InputStream input = line.get(SftpFiles.quoted(SftpFiles.path(key)))) {
                return Optional.of(input.readNBytes(maxBytes));
            } catch (SftpException failure) {
                if (SftpFiles.isMissing(failure)) {
                    return Optional.empty();
                }
                throw failure;
            } catch (IOException broken) {
                throw new SftpException(ChannelSftp.SSH_FX_FAILURE, broken.getMessage(), broken);
            }
        });
    }
}
