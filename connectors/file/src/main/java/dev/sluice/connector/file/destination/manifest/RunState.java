package dev.sluice.connector.file.destination.manifest;

import dev.sluice.spi.destination.Marker;
import dev.sluice.spi.source.SplitProgress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The last run of a target.
 *
 * @param generation the generation
 * @param syncId the run
 * @param published true once it is published
 * @param aside true if its files are seen only when it is published
 * @param splits how far its splits were committed; empty once it is published
 * @param files the files that it committed; empty once it is published
 * @param columns the columns of its files; empty once it is published
 */
public record RunState(
        long generation,
        long syncId,
        boolean published,
        boolean aside,
        Map<String, SplitProgress> splits,
        List<DataFile> files,
        List<KnownColumn> columns) {
    public RunState {
        splits = Map.copyOf(splits);
        files = List.copyOf(files);
        columns = List.copyOf(columns);
    }

    /** The rows that its files hold. */
    public long rows() {
        return files.stream().mapToLong(DataFile::rows).sum();
    }

    /** The rows that its markers stand for. */
    public long markedRows() {
        return splits.values().stream().mapToLong(SplitProgress::rows).sum();
    }

    /** The same run after a commit. */
    RunState with(Marker marker, List<DataFile> written) {
        Map<String, SplitProgress> moreSplits = new LinkedHashMap<>(splits);
        moreSplits.put(marker.splitId(), marker.progress());
        Map<String, DataFile> byPath = new LinkedHashMap<>();
        files.forEach(file -> byPath.put(file.path(), file));
        written.forEach(file -> byPath.put(file.path(), file)); // a file that grew takes the place of its former self
        return new RunState(
                generation, syncId, published, aside, moreSplits, new ArrayList<>(byPath.values()), columns);
    }

    /** The same run without anything that it committed. */
    RunState emptied() {
        return new RunState(generation, syncId, published, aside, Map.of(), List.of(), columns);
    }

    /** The same run, published. */
    RunState done() {
        return new RunState(generation, syncId, true, aside, Map.of(), List.of(), List.of());
    }
}
