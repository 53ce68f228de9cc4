package dev.sluice.bench.tool;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a program does that treats the messages of the Airbyte protocol as JSON: it reads their tokens and nothing else, or makes a
 * tree of each, to hand it on or to make a row of CSV of it.
 */
public final class JsonPipe {
    private static final int BUFFER = 1 << 20;
    private static final String META = "{\"\"sync_id\"\":1,\"\"changes\"\":[]}";
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private JsonPipe() {}

    /** Takes {@code tokens FILE}, or {@code hop} or {@code csv}, which read the standard input. */
    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("tokens")) {
            try (InputStream in = new BufferedInputStream(Files.newInputStream(Path.of(arguments[1])), BUFFER)) {
                System.out.println(tokens(in) + " tokens");
            }
            return;
        }
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8), BUFFER);
                OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER)) {
            if (arguments[0].equals("hop")) {
                hop(in, out);
            } else {
                csv(in, out);
            }
        }
    }

    /** Reads all tokens, with the values that they have. */
    static long tokens(InputStream in) {
        long tokens = 0;
        try (JsonParser parser = MAPPER.createParser(in)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        }
        return tokens;
    }

    /** What stands between a source and a destination: looks at each message and sends it on. */
    static void hop(BufferedReader in, OutputStream out) throws IOException {
        String line = in.readLine();
        while (line != null) {
            JsonNode message = MAPPER.readTree(line);
            if (message.path("type").asString().equals("RECORD")) {
                out.write(MAPPER.writeValueAsBytes(message));
                out.write('\n');
            }
            line = in.readLine();
        }
    }

    /** A destination: each record becomes a row of CSV, with the four columns that destinations of the protocol add. */
    static void csv(BufferedReader in, OutputStream out) throws IOException {
        StringBuilder row = new StringBuilder();
        String extractedAt = Instant.now().toString();
        String line = in.readLine();
        while (line != null) {
            row.setLength(0);
            row.append(UUID.randomUUID())
                    .append(',')
                    .append(extractedAt)
                    .append(",\"")
                    .append(META)
                    .append("\",1,");
            for (JsonNode value : MAPPER.readTree(line).path("record").path("data")) {
                append(row, value);
            }
            row.setCharAt(row.length() - 1, '\n');
            out.write(row.toString().getBytes(StandardCharsets.UTF_8));
            line = in.readLine();
        }
    }

    private static void append(StringBuilder row, JsonNode value) {
        if (!value.isNull()) {
            String text = value.isString() ? value.stringValue() : value.toString();
            row.append('"').append(text.replace("\"", "\"\"")).append('"');
        }
        row.append(',');
    }
}
