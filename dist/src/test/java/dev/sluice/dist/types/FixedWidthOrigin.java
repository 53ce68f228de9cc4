package dev.sluice.dist.types;

import dev.sluice.dist.types.NativeColumn.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Text in which each column has its place. It is only read. */
final class FixedWidthOrigin extends FileOrigin {
    private static final int ID_WIDTH = 4;

    FixedWidthOrigin(Path folder) {
        super(folder);
    }

    @Override
    public String name() {
        return "fixed";
    }

    @Override
    String extension() {
        return "fwf";
    }

    @Override
    public List<NativeColumn> columns() {
        return TextTypes.fixed();
    }

    @Override
    String options(Content content) {
        return IntStream.range(0, content.columns().size())
                .mapToObj(i -> Facts.quoted(content.names().get(i)) + ": "
                        + width(content.columns().get(i)))
                .collect(Collectors.joining(", ", ", fixed_columns: {" + ID + ": " + ID_WIDTH + ", ", "}"));
    }

    /** Characters, of which one may take two places of a Java string. */
    private static int width(NativeColumn column) {
        return column.samples().stream()
                .mapToInt(sample -> length(sample.input()))
                .max()
                .orElse(1);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    @Override
    void write(Path file, Content content) throws IOException {
        List<String> lines = new ArrayList<>();
        for (List<@Nullable Sample> row : content.rows()) {
            StringBuilder line = new StringBuilder(padded(String.valueOf(lines.size() + 1), ID_WIDTH));
            for (int i = 0; i < row.size(); i++) {
                Sample sample = row.get(i);
                line.append(padded(
                        sample == null ? "" : sample.input(),
                        width(content.columns().get(i))));
            }
            lines.add(line.toString());
        }
        Files.writeString(file, String.join("\n", lines) + "\n");
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(width - length(text));
    }
}
