package dev.sluice.lowcode.stream;

import dev.sluice.lowcode.auth.Requesters;
import dev.sluice.lowcode.http.Requester;
import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import dev.sluice.lowcode.slice.StreamSlice;
import dev.sluice.lowcode.template.Scope;
import dev.sluice.lowcode.value.Dpath;
import dev.sluice.lowcode.value.None;
import dev.sluice.lowcode.value.Values;
import dev.sluice.spi.problem.Problem;
import dev.sluice.spi.problem.ProblemException;
import dev.sluice.spi.problem.ProblemKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Fetches the file that each record of a stream is about into the folder that the host names, and puts into the record where it
 * lies. A service names the files, so no name leads out of that folder.
 */
final class FileUpload {
    /** The field that says where the file is. */
    static final String FIELD = "file_reference";

    private final Component component;
    private final String stream;
    private final Surroundings surroundings;
    private final Requester requester;
    private final Path folder;

    FileUpload(Component component, String stream, Requesters requesters) {
        if (!component.required("download_target_extractor").type().equals("DpathExtractor")) {
            throw component.required("download_target_extractor").unsupported();
        }
        this.component = component;
        this.stream = stream;
        this.surroundings = requesters.surroundings();
        this.requester = requesters.of(component.required("requester"), false);
        this.folder = surroundings
                .places()
                .downloads()
                .orElseThrow(() -> Problem.of(
                                "E_CONFIG",
                                ProblemKind.CONFIG,
                                "the stream sends files, and there is no place for them")
                        .at(stream)
                        .fix("name a folder for them in the variable AIRBYTE_STAGING_DIRECTORY")
                        .exception());
    }

    /** The field as a part of the JSON schema of the stream. */
    static Object schema() {
        Map<Object, Object> members = new LinkedHashMap<>();
        members.put("staging_file_url", new LinkedHashMap<>(Map.of("type", "string")));
        members.put("source_file_relative_path", new LinkedHashMap<>(Map.of("type", "string")));
        members.put("file_size_bytes", new LinkedHashMap<>(Map.of("type", "integer")));
        Map<Object, Object> schema = new LinkedHashMap<>();
        schema.put("type", new ArrayList<>(List.of("null", "object")));
        schema.put("properties", members);
        return schema;
    }

    /** Fetches the file of a record. */
    void upload(Map<Object, Object> record) {
        byte[] content = requester
                .send(Requester.Page.only(StreamSlice.WHOLE.withExtra("download_target", target(record))))
                .answer()
                .body();
        String name = component
                .optionalText("filename_extractor")
                .map(template -> surroundings.templates().text(template, scope(record)))
                .orElseGet(() -> UUID.randomUUID().toString())
                .replaceFirst("^/+", "");
        Path file = place(name);
        write(file, content);
        Map<Object, Object> reference = new LinkedHashMap<>();
        reference.put("staging_file_url", file.toString());
        reference.put("source_file_relative_path", folder.relativize(file).toString());
        reference.put("file_size_bytes", (long) content.length);
        record.put(FIELD, reference);
    }

    private Scope scope(Map<Object, Object> record) {
        return surroundings.scope(component.parameters()).with("record", record);
    }

    private String target(Map<Object, Object> record) {
        Component extractor = component.required("download_target_extractor");
        List<String> path = new ArrayList<>();
        extractor
                .texts("field_path")
                .forEach(part ->
                        path.add(surroundings.templates().text(part, surroundings.scope(extractor.parameters()))));
        Object found = Dpath.hasPattern(path)
                ? Dpath.all(record, path).stream().findFirst().orElse(None.NONE)
                : Dpath.get(record, path, None.NONE);
        Object first = found instanceof List<?> list && !list.isEmpty()
                ? Values.asList(list).getFirst()
                : found;
        if (first instanceof String target && !target.isEmpty()) {
            return target;
        }
        throw problem("a record does not say where its file is", "it has no text at " + String.join("/", path));
    }

    private Path place(String name) {
        try {
            Path own = folder.resolve(stream).normalize();
            Path file = own.resolve(name).normalize();
            if (!name.isEmpty() && own.startsWith(folder) && file.startsWith(own) && !file.equals(own)) {
                return file;
            }
        } catch (InvalidPathException none) {
            throw problem("the name of a file cannot be used", none.getReason());
        }
        throw problem("the name of a file cannot be used", "it leads out of the folder for files");
    }

    private void write(Path file, byte[] content) {
        try {
            Path parent = Files.createDirectories(file.resolveSibling(""));
            // Nobody sees half a file, also if two slices fetch the same one.
            Path part = Files.createTempFile(parent, ".part-", "");
            try {
                Files.write(part, content);
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException failed) {
            throw problem("a file cannot be kept", failed.toString());
        }
    }

    private ProblemException problem(String what, String why) {
        return Problem.of("E_FILE", ProblemKind.DATA, what)
                .at(stream + " " + component.where())
                .because(why)
                .exception();
    }
}
