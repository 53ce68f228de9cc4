package dev.sluice.connector.file.destination.place;

import dev.sluice.connector.file.input.Problems;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that changes the file system goes through here; failures are problems that name the file. May be used by
 * several threads.
 */
public class Disk {
    private static final int COPY_BYTES = 16 << 20;

    /** Makes the access to the file system. */
    public Disk() {}

    /** Comes before each change; a test fails it to see what becomes of what was begun. */
    protected void before(String change, Path file) throws IOException {}

    private interface Change<T> {
        T make() throws IOException;
    }

    private <T> T change(String name, Path file, Change<T> change) {
        try {
            before(name, file);
            return change.make();
        } catch (IOException failure) {
            throw Problems.writing(file.toString(), failure);
        }
    }

    /** Makes a folder and those above it, where they lack; they are durable when this returns. */
    public void createFolders(Path folder) {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.getParent();
        if (parent != null) {
            createFolders(parent);
        }
        change("create", folder, () -> Files.createDirectories(folder));
        if (parent != null) {
            forceFolder(parent);
        }
    }

    /** Opens a new file for writing. */
    public FileChannel create(Path file) {
        return change(
                "open", file, () -> FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    }

    /** Opens a file that is there, to write on at a place; what lies behind it is cut off. */
    public FileChannel reopen(Path file, long at) {
        return change("open", file, () -> {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            try {
                channel.truncate(at).position(at);
                return channel;
            } catch (IOException failure) {
                channel.close();
                throw failure;
            }
        });
    }

    /** Writes all that is in a buffer. */
    public void write(FileChannel channel, Path file, ByteBuffer bytes) {
        change("write", file, () -> {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            return true;
        });
    }

    /** Brings what was written to the medium. */
    public void force(FileChannel channel, Path file) {
        change("force", file, () -> {
            channel.force(true);
            return true;
        });
    }

    /** Brings a file that is not open here to the medium. */
    public void force(Path file) {
        change("force", file, () -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            return true;
        });
    }

    /** Brings the names in a folder to the medium. Windows does that by itself and cannot open folders. */
    public void forceFolder(Path folder) {
        change("force", folder, () -> {
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                    channel.force(true);
                }
            }
            return true;
        });
    }

    /** Cuts a file that is not open here. */
    public void cut(Path file, long size) {
        change("cut", file, () -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                if (channel.size() > size) {
                    channel.truncate(size);
                    channel.force(true);
                }
            }
            return true;
        });
    }

    /** Gives a file or folder another name, in one step; what has that name already is replaced. */
    public void move(Path from, Path to) {
        change("move", to, () -> Files.move(from, to, StandardCopyOption.ATOMIC_MOVE));
    }

    /** Lets two folders change names, in one step; false if this system cannot do that and nothing was done. */
    public boolean exchange(Path one, Path other) {
        return change("exchange", other, () -> FolderExchange.exchange(one, other));
    }

    /** Deletes a file or an empty folder; does nothing if it is not there. */
    public void delete(Path file) {
        change("delete", file, () -> Files.deleteIfExists(file));
    }

    /** Writes a small file so that readers find the old content or the new one, whatever happens. */
    public void replace(Path file, byte[] content) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        delete(fresh);
        try (FileChannel channel = create(fresh)) {
            write(channel, fresh, ByteBuffer.wrap(content));
            force(channel, fresh);
        } catch (IOException failure) {
            throw Problems.writing(fresh.toString(), failure);
        }
        move(fresh, file);
        forceFolder(folderOf(file));
    }

    /** Adds the bytes of a part of one file to another that is open. */
    public void append(Path from, long start, long end, FileChannel to, Path target) {
        change("write", target, () -> {
            try (FileChannel source = FileChannel.open(from, StandardOpenOption.READ)) {
                long at = start;
                while (at < end) {
                    long copied = source.transferTo(at, Math.min(COPY_BYTES, end - at), to);
                    if (copied <= 0) {
                        throw new IOException("the file " + from + " ended at " + at + " instead of " + end);
                    }
                    at += copied;
                }
            }
            return true;
        });
    }

    /** The folder that a file is in; of the root of a file system, which is in none, itself. */
    public static Path folderOf(Path file) {
        Path absolute = file.toAbsolutePath();
        Path folder = absolute.getParent();
        return folder == null ? absolute : folder;
    }

    /** The size of a file; -1 if it is not there. */
    public static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException missing) {
            return -1;
        } catch (IOException failure) {
            throw Problems.reading(file.toString(), failure);
        }
    }

    /** True if there is something with this name, even a link that leads nowhere. */
    public static boolean exists(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /** What is in a folder; empty if it is not there. */
    public static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException failure) {
            throw Problems.reading(folder.toString(), failure);
        }
    }

    /** True for a folder in which nothing is. */
    public static boolean isEmptyFolder(Path folder) {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && list(folder).isEmpty();
    }

    /** All that is in a folder at any depth and is no folder; links are not followed. */
    public static List<Path> files(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.add(file);
                    return FileVisitResult.CONTINUE;
                }
            });
            return files;
        } catch (IOException failure) {
            throw Problems.reading(folder.toString(), failure);
        }
    }

    /** Deletes a folder and the empty folders in it, as far as nothing else is in them. */
    public void deleteEmpty(Path folder) {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (Path entry : list(folder)) {
            deleteEmpty(entry);
        }
        if (list(folder).isEmpty()) {
            delete(folder);
        }
    }
}
