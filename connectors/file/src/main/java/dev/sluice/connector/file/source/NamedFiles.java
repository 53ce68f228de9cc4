package dev.sluice.connector.file.source;

import dev.sluice.connector.file.input.FileAccess;
import dev.sluice.connector.file.input.SourceFile;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files that somebody named one by one, whatever lies beside them. The place that they lie in stays open. */
final class NamedFiles implements FileAccess {
    private final FileAccess place;
    private final List<String> names;

    NamedFiles(FileAccess place, List<String> names) {
        this.place = place;
        this.names = names.stream().sorted().toList();
    }

    @Override
    public List<SourceFile> list() {
        return names.stream().map(this::described).toList();
    }

    private SourceFile described(String name) {
        return find(new SourceFile(name, SourceFile.UNKNOWN, SourceFile.UNKNOWN, "", ""))
                .orElseThrow(() -> gone(name));
    }

    private static ProblemException gone(String name) {
        return Problem.of("E_FILE_NOT_FOUND", ProblemKind.DATA, "a file of the stream is gone")
                .at(name)
                .because("it was written, and somebody moved or deleted it since")
                .fix("bring it back, or copy the stream anew")
                .exception();
    }

    @Override
    public Optional<SourceFile> find(SourceFile file) {
        return place.find(file);
    }

    @Override
    public InputStream open(SourceFile file, long from) {
        return place.open(file, from);
    }

    @Override
    public Optional<Path> path(SourceFile file) {
        return place.path(file);
    }

    @Override
    public byte[] head(SourceFile file, int bytes) throws IOException {
        return place.head(file, bytes);
    }

    @Override
    public boolean isSeekable() {
        return place.isSeekable();
    }

    @Override
    public boolean isRepeatable() {
        return place.isRepeatable();
    }

    @Override
    public boolean tellsVersions(SourceFile file) {
        return place.tellsVersions(file);
    }

    @Override
    public void requireUnchanged(SourceFile file) throws IOException {
        place.requireUnchanged(file);
    }

    @Override
    public void close() {
        // The place belongs to whoever named the files.
    }
}
