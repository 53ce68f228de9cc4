package dev.sluice.spi.destination;

import dev.sluice.spi.catalog.DestinationSyncMode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A way to write objects of one kind into a system that has a schema of its own (data activation): one object with one
 * method, as an operation of the Airbyte protocol's destination catalog has them.
 *
 * @param object the kind of object in the system's words, such as {@code contact} or {@code crm.contacts}
 * @param method what is done: {@code APPEND} inserts, {@code APPEND_DEDUP} inserts or updates, {@code UPDATE} changes those
 *     that are there, {@code SOFT_DELETE} marks and {@code DELETE} removes them, {@code MIRROR} makes them what the rows are
 * @param fields what can be written
 * @param additionalFields true if fields may be written that are not among them
 * @param matchingKeys by which fields together an object can be found, each a candidate; empty where none is needed
 */
public record ObjectOperation(
        String object,
        DestinationSyncMode method,
        List<ObjectField> fields,
        boolean additionalFields,
        List<List<String>> matchingKeys) {
    public ObjectOperation {
        Objects.requireNonNull(object);
        Objects.requireNonNull(method);
        fields = List.copyOf(fields);
        matchingKeys = matchingKeys.stream().map(List::copyOf).toList();
    }

    /** The field of a name; empty if there is none. */
    public Optional<ObjectField> find(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** The names of the fields, for messages. */
    public List<String> names() {
        return fields.stream().map(ObjectField::name).toList();
    }
}
