package dev.sluice.lowcode.imports;

import java.util.Objects;

/**
 * An operation of a document, which may become a stream.
 *
 * @param id tells it from the others of the document: its operationId, or method and path
 * @param method the method of HTTP
 * @param path the path, with parameters in braces
 * @param summary what the document says of it in a line; may be empty
 * @param suggested true if it answers with a list of records
 * @param streamName how its stream would be called
 */
public record Operation(String id, String method, String path, String summary, boolean suggested, String streamName) {
    public Operation {
        Objects.requireNonNull(id);
        Objects.requireNonNull(method);
        Objects.requireNonNull(path);
        Objects.requireNonNull(summary);
        Objects.requireNonNull(streamName);
    }
}
