package dev.sluice.engine.map;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Which parts of documents are kept: a node without children keeps all of its value. Read-only once made. */
final class PathTree {
    private final Map<String, PathTree> children = new TreeMap<>();
    private boolean whole;

    private PathTree() {}

    static PathTree of(List<List<String>> paths) {
        PathTree root = new PathTree();
        for (List<String> path : paths) {
            PathTree node = root;
            for (String name : path) {
                node = node.children.computeIfAbsent(name, ignored -> new PathTree());
            }
            node.whole = true;
        }
        return root;
    }

    /** True if the value is kept as a whole. */
    boolean isWhole() {
        return whole;
    }

    /** What is kept of a member; null if nothing. */
    @Nullable
    PathTree child(String name) {
        return children.get(name);
    }

    Set<String> names() {
        return children.keySet();
    }
}
