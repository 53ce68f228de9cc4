package dev.sluice.dist.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All Java code looks as palantir-java-format would write it. */
class FormatTest {
    private static final Formatter FORMATTER = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    @Test
    void codeIsFormatted() {
        List<Path> different = Checkout.javaFiles().parallelStream()
                .filter(file -> !isFormatted(file))
                .toList();

        assertThat(different).as("format them with .ci/format").isEmpty();
    }

    private static boolean isFormatted(Path file) {
        String text = Checkout.text(file);
        try {
            return FORMATTER.formatSourceAndFixImports(text).equals(text);
        } catch (FormatterException notJava) {
            throw new AssertionError("the formatter cannot read " + file, notJava);
        }
    }
}
