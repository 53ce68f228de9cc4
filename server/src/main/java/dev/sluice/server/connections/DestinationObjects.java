package dev.sluice.server.connections;

import dev.sluice.engine.map.Mapped;
import dev.sluice.engine.plan.FieldSuggestions;
import dev.sluice.engine.plan.ObjectCheck;
import dev.sluice.spi.catalog.Catalog;
import dev.sluice.spi.catalog.CatalogStream;
import dev.sluice.spi.catalog.StreamId;
import dev.sluice.spi.destination.ObjectOperation;
import dev.sluice.spi.type.Field;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What destinations know of objects of their own, and what rows would become of them. Asks them, so it is not for transactions. */
public interface DestinationObjects {
    /**
     * The ways to write objects; none for a destination that only makes places of its own.
     *
     * @param object only those of this kind; null for all
     */
    List<ObjectOperation> of(UUID destinationId, @Nullable String object);

    /** What is in the way of streams whose rows become objects; other streams are not looked at, and none are asked about. */
    List<Refused> check(UUID destinationId, Catalog catalog, List<ConnectionStream> streams);

    /**
     * Which fields of a stream may become which of an object.
     *
     * @param method how it is written, in the words of {@link ObjectCheck#method}
     */
    List<FieldSuggestions.Suggestion> suggest(UUID destinationId, CatalogStream stream, String object, String method);

    /** What would be sent of the first rows of a source. */
    Tried preview(UUID sourceId, UUID destinationId, ConnectionStream stream, int rows);

    /**
     * A stream that cannot be sent as it is asked for.
     *
     * @param stream the stream
     * @param mistakes why
     */
    record Refused(StreamId stream, List<ObjectCheck.Mistake> mistakes) {
        public Refused {
            mistakes = List.copyOf(mistakes);
        }
    }

    /**
     * What would be sent.
     *
     * @param mistakes what is in the way; if there is anything, nothing was tried
     * @param source the fields of the source
     * @param sent the fields of the object
     * @param rows the rows
     * @param problems why records on the way cannot be read, a sentence each
     */
    record Tried(
            List<ObjectCheck.Mistake> mistakes,
            List<Field> source,
            List<Field> sent,
            List<Row> rows,
            List<String> problems) {
        public Tried {
            mistakes = List.copyOf(mistakes);
            source = List.copyOf(source);
            sent = List.copyOf(sent);
            rows = List.copyOf(rows);
            problems = List.copyOf(problems);
        }
    }

    /**
     * A row; the values are texts in the order of the fields, and long ones are cut.
     *
     * @param source as the source has it
     * @param sent what would be sent; null if nothing would
     * @param rejection why it would be rejected; null if it would not
     */
    record Row(
            List<@Nullable String> source,
            @Nullable List<@Nullable String> sent,
            Mapped.@Nullable Rejection rejection) {
        public Row {
            source = Collections.unmodifiableList(source);
            sent = sent == null ? null : Collections.unmodifiableList(sent);
        }

        /** A row that would be sent. */
        public static Row sent(List<@Nullable String> source, List<@Nullable String> sent) {
            return new Row(source, sent, null);
        }
    }
}
