package dev.sluice.server.builder;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A project as a file that goes elsewhere: its manifest, the recordings of its last tests, and what to do with them.
 *
 * @param name what people call it
 * @param manifest the text
 * @param recordings what it takes to run the last test of each stream again, by its name
 */
public record Exported(String name, String manifest, Map<String, String> recordings) {
    /** Copies the map. */
    public Exported {
        recordings = Map.copyOf(recordings);
    }

    private static String word(String text) {
        String word =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return word.isEmpty() ? "connector" : word;
    }

    /** What the file is called. */
    public String fileName() {
        return word(name) + ".zip";
    }

    /** The file. */
    public byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            put(zip, "manifest.yaml", manifest);
            for (Map.Entry<String, String> recording : recordings.entrySet()) {
                put(
                        zip,
                        "fixtures/" + recording.getKey().replaceAll("[^A-Za-z0-9_.-]", "_") + ".json",
                        recording.getValue());
            }
            put(zip, "README.md", readme());
        } catch (IOException cause) {
            throw new UncheckedIOException(cause);
        }
        return bytes.toByteArray();
    }

    private static void put(ZipOutputStream zip, String path, String text) throws IOException {
        zip.putNextEntry(new ZipEntry(path));
        zip.write(text.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private String readme() {
        return "# " + name + """


            A source that `manifest.yaml` describes.

                sluice connector lint manifest.yaml
                sluice connector test manifest.yaml --stream STREAM --config config.json
                sluice connector replay manifest.yaml
                sluice connector publish manifest.yaml --server URL

            `fixtures/` holds what the service has answered in tests, without secrets; `replay` runs these tests again and asks nobody.
            In a project file the source is `connector: {manifest: ./manifest.yaml}`.
            """;
    }
}
