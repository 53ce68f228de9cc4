package dev.sluice.connector.file.destination.files;

import dev.sluice.connector.file.destination.manifest.DataFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Tells which files of a run may become one. */
public final class FileGroups {
    private FileGroups() {}

    /** Groups of about the wanted size, each of files in the same folder. */
    public static List<List<DataFile>> of(List<DataFile> files, long targetBytes) {
        Map<String, List<DataFile>> byFolder = new LinkedHashMap<>();
        for (DataFile file : files) {
            byFolder.computeIfAbsent(folder(file), folder -> new ArrayList<>()).add(file);
        }
        List<List<DataFile>> groups = new ArrayList<>();
        for (List<DataFile> ofFolder : byFolder.values()) {
            List<DataFile> group = new ArrayList<>();
            long bytes = 0;
            for (DataFile file : ofFolder) {
                if (!group.isEmpty() && bytes + file.bytes() > targetBytes) {
                    groups.add(group);
                    group = new ArrayList<>();
                    bytes = 0;
                }
                group.add(file);
                bytes += file.bytes();
            }
            groups.add(group);
        }
        return groups;
    }

    /** The folder of a file in its target, with a slash at its end, or an empty text. */
    public static String folder(DataFile file) {
        return file.path().substring(0, file.path().lastIndexOf('/') + 1);
    }
}
