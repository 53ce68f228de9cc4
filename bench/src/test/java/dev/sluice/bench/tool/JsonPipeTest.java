package dev.sluice.bench.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The baselines do the whole work that they are compared for. */
class JsonPipeTest {
    private static final String LINES = "{\"type\":\"RECORD\",\"record\":{\"stream\":\"s\",\"data\":{\"id\":1,"
            + "\"note\":\"a \\\"b\\\", c\",\"none\":null,\"more\":{\"x\":[1]}},\"emitted_at\":1}}\n"
            + "{\"type\":\"LOG\",\"log\":{\"level\":\"INFO\",\"message\":\"hello\"}}\n";

    @Test
    void recordsAreHandedOnAndBecomeRows() throws IOException {
        ByteArrayOutputStream hopped = new ByteArrayOutputStream();
        JsonPipe.hop(new BufferedReader(new StringReader(LINES)), hopped);
        assertThat(hopped.toString(StandardCharsets.UTF_8))
                .isEqualTo(LINES.lines().findFirst().orElseThrow() + "\n");
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        JsonPipe.csv(new BufferedReader(new StringReader(hopped.toString(StandardCharsets.UTF_8))), rows);
        assertThat(rows.toString(StandardCharsets.UTF_8))
                .matches("[0-9a-f-]{36},[0-9-]{10}T[0-9:.]+Z,\"\\{.*}\",1,\"1\",\"a \"\"b\"\","
                        + " c\",,\"\\{\"\"x\"\":\\[1]}\"\n");
    }

    @Test
    void aBareParseReadsAllTokens() {
        assertThat(JsonPipe.tokens(new ByteArrayInputStream(LINES.getBytes(StandardCharsets.UTF_8))))
                .isEqualTo(38);
    }
}
