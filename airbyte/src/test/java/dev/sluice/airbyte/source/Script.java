package dev.sluice.airbyte.source;

import dev.sluice.spi.runtime.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A connector that is a script of the shell, which prints what it was given. For one thread. */
final class Script {
    static final String CATALOG = "{\"type\":\"CATALOG\",\"catalog\":{\"streams\":["
        + "{\"name\":\"a\",\"json_schema\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"},"
        + "\"name\":{\"type\":[\"null\",\"string\"]},\"price\":{\"type\":\"number\"},\"tags\":{\"type\":\"array\"}}},"
        + "\"supported_sync_modes\":[\"full_refresh\",\"incremental\"],\"source_defined_cursor\":true,"
        + "\"source_defined_primary_key\":[[\"id\"]]},"
        + "{\"name\":\"b\",\"namespace\":\"n\",\"json_schema\":{\"type\":\"object\",\"properties\":{\"id\":{\"type\":\"integer\"}}}}"
        + "]}}";

    private final Path folder;
    private final List<String> reads = new ArrayList<>();
    private String check = "echo '{\"type\":\"CONNECTION_STATUS\",\"connectionStatus\":{\"status\":\"SUCCEEDED\"}}'";
    private String discover = "";

    Script(Path folder) throws IOException {
        this.folder = folder;
        discover = print(List.of(CATALOG));
    }

    /** What it does when it is asked whether it works. */
    Script check(String command) {
        check = command;
        return this;
    }

    /** What it does when it is asked for its streams. */
    Script discover(String command) {
        discover = command;
        return this;
    }

    /** Prints lines when it shall read. */
    Script says(String... lines) throws IOException {
        reads.add(print(List.of(lines)));
        return this;
    }

    /** Does something when it shall read. */
    Script then(String command) {
        reads.add(command);
        return this;
    }

    private String print(List<String> lines) throws IOException {
        Path file = Files.createTempFile(folder, "lines", ".jsonl");
        Files.writeString(file, String.join("\n", lines) + "\n");
        return "cat " + file;
    }

    Config config() throws IOException {
        Path script = Files.createTempFile(folder, "source", ".sh");
        Files.writeString(
                script,
                "case $1 in\ncheck) " + check + ";;\ndiscover) " + discover + ";;\nread) cp -p *.json " + folder + "\n"
                        + String.join("\n", reads) + ";;\nesac\n");
        return Config.of(
                Map.of("command", List.of("/bin/sh", script.toString()), "config", Map.of("secret", "canary-5d1e")));
    }

    static String record(String stream, String data) {
        return "{\"type\":\"RECORD\",\"record\":{\"stream\":\"" + stream + "\","
                + (stream.equals("b") ? "\"namespace\":\"n\"," : "") + "\"data\":" + data + ",\"emitted_at\":1}}";
    }

    static String state(String stream, String state, int rows) {
        return "{\"type\":\"STATE\",\"state\":{\"type\":\"STREAM\",\"stream\":{\"stream_descriptor\":{\"name\":\""
                + stream + "\""
                + (stream.equals("b") ? ",\"namespace\":\"n\"" : "") + "},\"stream_state\":" + state + "}"
                + (rows < 0 ? "" : ",\"sourceStats\":{\"recordCount\":" + rows + ".0}") + "}}";
    }

    static String status(String stream, String status) {
        return "{\"type\":\"TRACE\",\"trace\":{\"type\":\"STREAM_STATUS\",\"emitted_at\":1.5E12,\"stream_status\":{"
                + "\"stream_descriptor\":{\"name\":\"" + stream + "\""
                + (stream.equals("b") ? ",\"namespace\":\"n\"" : "") + "},\"status\":\"" + status + "\"}}}";
    }

    static String failure(String message, String kind) {
        return "{\"type\":\"TRACE\",\"trace\":{\"type\":\"ERROR\",\"emitted_at\":1,\"error\":{\"message\":\"" + message
                + "\",\"failure_type\":\"" + kind + "\"}}}";
    }
}
