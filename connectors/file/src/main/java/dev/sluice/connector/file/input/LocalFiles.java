package dev.sluice.connector.file.input;

import dev.sluice.connector.file.bytes.BlockInput;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** The files of a path, or of a pattern, in the file system. */
public final class LocalFiles implements FileAccess {
    private final String pattern;
    private final int maxFiles;

    /**
     * Makes the access to the files of a path or pattern.
     *
     * @param path a path, or a pattern such as {@code data/*.csv}; a leading {@code ~/} is the home directory
     * @param maxFiles the most files that the pattern may match
     */
    public LocalFiles(String path, int maxFiles) {
        this.pattern = atHome(path.replace(File.separatorChar, '/'));
        this.maxFiles = maxFiles;
    }

    private static String atHome(String path) {
        return path.startsWith("~/") ? System.getProperty("user.home") + path.substring(1) : path;
    }

    /** True if a path is a pattern rather than the name of one file. */
    public static boolean isPattern(String path) {
        return GlobPattern.isGlob(path) && !exists(atHome(path));
    }

    private static boolean exists(String path) {
        try {
            return Files.exists(Path.of(path));
        } catch (InvalidPathException patternOnly) {
            return false;
        }
    }

    private static Path path(String name) {
        try {
            return Path.of(name);
        } catch (InvalidPathException wrong) {
            throw Problem.of("E_CONFIG", ProblemKind.CONFIG, "the path cannot be one of a file")
                    .at("path")
                    .because(wrong.getReason())
                    .exception(wrong);
        }
    }

    /** The directory above the first wildcard, or above the file; empty if it is the current one. */
    public String directory() {
        if (isPattern(pattern)) {
            return parsed().directory();
        }
        int slash = pattern.lastIndexOf('/');
        return slash <= 0 ? "" : pattern.substring(0, slash);
    }

    @Override
    public List<SourceFile> list() {
        if (!isPattern(pattern)) {
            return List.of(describe(pattern));
        }
        List<String> names = new ArrayList<>();
        collect(names);
        // A file that was moved away since its name was read is none of the files that are there.
        return names.stream()
                .sorted(Comparator.naturalOrder())
                .filter(name -> Files.exists(Path.of(name)))
                .map(LocalFiles::describe)
                .toList();
    }

    private void collect(List<String> names) {
        GlobPattern glob = parsed();
        Path base = Path.of(glob.directory());
        try {
            Files.walkFileTree(
                    base, EnumSet.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                            Path name = directory.getFileName();
                            // What Sluice keeps beside the files that it writes is no data.
                            boolean ours = name != null && name.toString().equals(".sluice") && !directory.equals(base);
                            return ours ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                            String relative = base.relativize(file).toString().replace(File.separatorChar, '/');
                            if (attributes.isRegularFile() && glob.matches(relative)) {
                                names.add(file.toString().replace(File.separatorChar, '/'));
                                requireFewEnough(names);
                            }
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException failure) {
                            if (failure instanceof FileSystemLoopException) {
                                return FileVisitResult.CONTINUE;
                            }
                            throw Problems.reading(file.toString(), failure);
                        }
                    });
        } catch (IOException failure) {
            throw Problems.reading(base.toString(), failure);
        }
    }

    private GlobPattern parsed() {
        try {
            return GlobPattern.parse(pattern);
        } catch (IllegalArgumentException wrong) {
            throw Problem.of("E_CONFIG", ProblemKind.CONFIG, String.valueOf(wrong.getMessage()))
                    .at("path")
                    .exception(wrong);
        }
    }

    private void requireFewEnough(List<String> names) {
        if (names.size() > maxFiles) {
            throw tooMany(pattern, maxFiles);
        }
    }

    static ProblemException tooMany(String pattern, int maxFiles) {
        return Problem.of("E_FILE_TOO_MANY", ProblemKind.CONFIG, "the pattern matches more than " + maxFiles + " files")
                .at(pattern)
                .fix("divide them into several streams, or allow more with `max_files`")
                .exception();
    }

    @Override
    public Optional<SourceFile> find(SourceFile file) {
        return Files.isRegularFile(Path.of(file.name())) ? Optional.of(describe(file.name())) : Optional.empty();
    }

    private static SourceFile describe(String name) {
        Path path = path(name);
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                throw Problem.of("E_FILE_IS_DIRECTORY", ProblemKind.CONFIG, "the path is a directory")
                        .at(name)
                        .fix("name the files in it, for example " + name.replaceAll("/+$", "") + "/*.csv")
                        .exception();
            }
            if (!attributes.isRegularFile()) {
                throw Problem.of("E_FILE_NOT_REGULAR", ProblemKind.CONFIG, "the path is neither a file nor a directory")
                        .at(name)
                        .fix("to read from a pipe, give `-` as the path and pipe the data in")
                        .exception();
            }
            return LocalVersion.of(name, path);
        } catch (IOException failure) {
            throw Problems.reading(name, failure);
        }
    }

    @Override
    public InputStream open(SourceFile file, long from) {
        try {
            requireUnchanged(file);
            FileChannel channel = FileChannel.open(Path.of(file.name()), StandardOpenOption.READ);
            channel.position(from);
            return new ChannelInput(channel);
        } catch (IOException failure) {
            throw Problems.reading(file.name(), failure);
        }
    }

    @Override
    public Optional<Path> path(SourceFile file) {
        return Optional.of(Path.of(file.name()));
    }

    @Override
    public boolean isSeekable() {
        return true;
    }

    @Override
    public boolean isRepeatable() {
        return true;
    }

    @Override
    public void requireUnchanged(SourceFile file) throws IOException {
        SourceFile now;
        try {
            now = LocalVersion.withTag(file.name(), Path.of(file.name()), file.tag());
        } catch (NoSuchFileException gone) {
            throw changed(file, "it was deleted");
        }
        if (now.size() != file.size()) {
            throw changed(file, "it had " + file.size() + " bytes and has " + now.size() + " now");
        }
        if (now.modified() != file.modified()) {
            throw changed(file, "it was written to at " + Instant.ofEpochSecond(0, now.modified()));
        }
        if (!now.stamp().equals(file.stamp())) {
            throw changed(file, "it was replaced, or written to and given its old time");
        }
    }

    static ProblemException changed(SourceFile file, String why) {
        return Problem.of("E_FILE_CHANGED", ProblemKind.TRANSIENT, "the file was changed while it was being read")
                .at(file.name())
                .because(why)
                .fix("run the sync again once the file is complete; the parts of the old version are discarded then")
                .exception();
    }

    @Override
    public void close() {}

    /** Reads a channel as it comes, without a buffer in between. */
    private static final class ChannelInput extends BlockInput {
        private final FileChannel channel;

        ChannelInput(FileChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return length == 0 ? 0 : channel.read(ByteBuffer.wrap(target, offset, length));
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
