package dev.sluice.lowcode.select;

import dev.sluice.lowcode.http.Surroundings;
import dev.sluice.lowcode.manifest.Component;
import java.util.List;

/** Finds the raw records in the decoded elements of an answer. */
@FunctionalInterface
interface Extractor {
    /** The raw records. */
    List<Object> records(List<Object> elements);

    /** The extractor of a component. */
    static Extractor of(Component component, Surroundings surroundings) {
        return switch (component.type()) {
            case "DpathExtractor" -> new PathExtractor(component, surroundings);
            case "WrappingExtractor" -> new WrappingExtractor(component, surroundings);
            case "NestedExtractor" -> new NestedExtractor(component);
            case "TaggedListsExtractor" -> new TaggedListsExtractor(component);
            case "IncludedExtractor" -> new IncludedExtractor(component, surroundings);
            case "ColumnsExtractor" -> new ColumnsExtractor(component);
            case "CombinedExtractor" -> new CombinedExtractor(component, surroundings);
            case "KeyValueExtractor" -> new KeyValueExtractor(component, surroundings);
            case "StyledExtractor" -> new StyledExtractor(component, surroundings);
            case "ItemsOrWholeExtractor" -> new ItemsOrWholeExtractor(component);
            case "MetricsExtractor" -> new MetricsExtractor(component, surroundings);
            default -> throw component.unsupported();
        };
    }
}
