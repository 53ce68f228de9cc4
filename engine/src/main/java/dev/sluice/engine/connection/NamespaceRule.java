package dev.sluice.engine.connection;

import dev.sluice.spi.catalog.StreamId;
import org.jspecify.annotations.Nullable;

/** In which namespace of the destination the streams of a connection are written. */
public sealed interface NamespaceRule {

    /** The namespace for a stream; null for the one that the destination's configuration names. */
    @Nullable
    String namespaceOf(StreamId stream);

    /** The one that the destination's configuration names. */
    record Destination() implements NamespaceRule {
        @Override
        public @Nullable String namespaceOf(StreamId stream) {
            return null;
        }
    }

    /** The one that the stream has in the source. */
    record Source() implements NamespaceRule {
        @Override
        public @Nullable String namespaceOf(StreamId stream) {
            return stream.namespace();
        }
    }

    /**
     * One made by a format. If the result is blank, the destination's own is used.
     *
     * @param format a text in which {@code ${SOURCE_NAMESPACE}} stands for the stream's namespace
     */
    record Custom(String format) implements NamespaceRule {
        /** What the format replaces. */
        public static final String PLACEHOLDER = "${SOURCE_NAMESPACE}";

        @Override
        public @Nullable String namespaceOf(StreamId stream) {
            String own = stream.namespace();
            String result = format.replace(PLACEHOLDER, own == null ? "" : own);
            return result.isBlank() ? null : result;
        }
    }
}
