package dev.sluice.connector.file.xml;

import dev.sluice.spi.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamConstants;
import org.jspecify.annotations.Nullable;

/**
 * Finds which elements of a document are its records, by its beginning: the child of the outermost element that is there
 * more than once. Where none is, and one child is nothing but a list of elements of one name, it is those. A document of
 * nothing but plain values is one record itself.
 */
public final class XmlSniffer {
    private static final int MOST_NAMES = 1000;

    private final List<String> open = new ArrayList<>();
    private final Map<String, Child> children = new LinkedHashMap<>();
    private @Nullable String root;

    /** What is known of the children of the outermost element that have one name. */
    private static final class Child {
        private final Map<String, Integer> names = new HashMap<>();
        private int count;
        private boolean own;

        /** True if it has nothing but several elements of one name. */
        boolean isList() {
            return count == 1
                    && !own
                    && names.size() == 1
                    && names.values().iterator().next() > 1;
        }

        boolean isPlain() {
            return !own && names.isEmpty();
        }
    }

    private XmlSniffer() {}

    /**
     * Finds the records.
     *
     * @param events the document, or the beginning of one; it may end in the middle
     * @return null if there is no element at all
     */
    public static @Nullable XmlPath records(XmlEvents events, boolean whole) throws IOException {
        XmlSniffer sniffer = new XmlSniffer();
        try {
            sniffer.look(events);
        } catch (ProblemException failure) {
            if (whole || sniffer.children.isEmpty()) {
                throw failure;
            }
        }
        return sniffer.path();
    }

    private void look(XmlEvents events) throws IOException {
        while (true) {
            switch (events.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    open.add(events.at().getLocalName());
                    begin(events.at().getAttributeCount() > 0);
                }
                case XMLStreamConstants.END_ELEMENT -> open.removeLast();
                case XMLStreamConstants.END_DOCUMENT -> {
                    return;
                }
                default -> {
                    // Only elements count.
                }
            }
        }
    }

    private void begin(boolean attributes) {
        if (open.size() == 1) {
            root = open.getFirst();
        } else if (open.size() <= 3 && (children.size() < MOST_NAMES || children.containsKey(open.get(1)))) {
            Child child = children.computeIfAbsent(open.get(1), name -> new Child());
            if (open.size() == 2) {
                child.count++;
                child.own |= attributes;
            } else if (child.names.size() < MOST_NAMES) {
                child.names.merge(open.get(2), 1, Integer::sum);
            }
        }
    }

    private @Nullable XmlPath path() {
        String outermost = root;
        if (outermost == null) {
            return null;
        }
        String most = null;
        int count = 1;
        String list = null;
        int lists = 0;
        String first = null;
        for (Map.Entry<String, Child> each : children.entrySet()) {
            Child child = each.getValue();
            if (child.count > count) {
                most = each.getKey();
                count = child.count;
            }
            if (child.isList()) {
                list = each.getKey();
                lists++;
            }
            first = first == null && !child.isPlain() ? each.getKey() : first;
        }
        if (most != null) {
            return new XmlPath(List.of(outermost, most), false);
        }
        if (list != null && lists == 1) {
            String element = children.getOrDefault(list, new Child())
                    .names
                    .keySet()
                    .iterator()
                    .next();
            return new XmlPath(List.of(outermost, list, element), false);
        }
        return new XmlPath(first == null ? List.of(outermost) : List.of(outermost, first), false);
    }
}
