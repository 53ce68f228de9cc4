package dev.sluice.server.definitions;

import dev.sluice.lowcode.imports.CurlImport;
import dev.sluice.lowcode.imports.Imported;
import dev.sluice.lowcode.imports.OpenApiImport;
import java.util.List;

/** The beginnings of manifests, made of what people have. Nobody is asked for that. */
public final class ManifestImports {
    private ManifestImports() {}

    /**
     * A beginning. The values that were found are left out, as there are secrets among them.
     *
     * @param manifest the manifest
     * @param notes what a person should look at, a sentence each
     */
    public record Beginning(String manifest, List<String> notes) {
        /** Copies the list. */
        public Beginning {
            notes = List.copyOf(notes);
        }
    }

    /**
     * An operation that may become a stream.
     *
     * @param id tells it from the others
     * @param method the method of HTTP
     * @param path the path
     * @param summary what it is for; may be empty
     * @param suggested true if it answers with a list of records
     * @param streamName how its stream would be called
     */
    public record Operation(
            String id, String method, String path, String summary, boolean suggested, String streamName) {}

    private static Beginning beginning(Imported imported) {
        return new Beginning(imported.manifest(), imported.notes());
    }

    /**
     * That of a command.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it is none of cURL
     */
    public static Beginning ofCurl(String command) {
        return beginning(CurlImport.of(command));
    }

    /**
     * That of a document of OpenAPI.
     *
     * @param operations the ids of those that become streams
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it is none, or has no such operation
     */
    public static Beginning ofOpenApi(String document, List<String> operations) {
        return beginning(OpenApiImport.of(document, operations));
    }

    /**
     * The operations of a document of OpenAPI that read something.
     *
     * @throws dev.sluice.spi.problem.ProblemException of kind {@code CONFIG} if it is none
     */
    public static List<Operation> operations(String document) {
        return OpenApiImport.operations(document).stream()
                .map(each -> new Operation(
                        each.id(), each.method(), each.path(), each.summary(), each.suggested(), each.streamName()))
                .toList();
    }
}
