package dev.sluice.dist.types;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Files, which the test writes itself. */
abstract class FileOrigin implements Origin {
    private final Path folder;
    private String options = "";

    FileOrigin(Path folder) {
        this.folder = folder;
    }

    /** Writes a file of the content, with the column that numbers its rows in front. */
    abstract void write(Path file, Content content) throws IOException;

    /** How the names of its files end. */
    String extension() {
        return name();
    }

    /** The type that the project has to say, since the file does not show it; empty if it does. */
    String declared(NativeColumn column) {
        return column.type();
    }

    /** What the project has to say beside the types; begins with a comma, or is empty. */
    String options(Content content) {
        return "";
    }

    @Override
    public final String source() {
        return "{connector: file, config: {path: " + file() + options + "}}";
    }

    private Path file() {
        return folder.resolve(name()).resolve(TABLE + "." + extension());
    }

    @Override
    public final String stream() {
        return TABLE;
    }

    @Override
    public final void create(Content content) {
        options = options(content)
                + IntStream.range(0, content.columns().size())
                        .filter(i -> !declared(content.columns().get(i)).isEmpty())
                        .mapToObj(i -> Facts.quoted(content.names().get(i)) + ": \""
                                + declared(content.columns().get(i)) + "\"")
                        .collect(Collectors.joining(", ", ", types: {", "}"));
        try {
            Files.createDirectories(file().getParent());
            write(file(), content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public final void close() {
        // The files go with their folder.
    }
}
