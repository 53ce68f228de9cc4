package dev.sluice.connector.file.destination.manifest;

import dev.sluice.cdk.json.Json;
import java.util.ArrayList;
import java.util.List;

/** A list of files as text, for what travels between a writer and its target. */
public final class FileList {
    private FileList() {}

    /** The text of a list. */
    public static String write(List<DataFile> files) {
        return Json.write(files.stream().map(ManifestJson::array).toList());
    }

    /**
     * The list of a text.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static List<DataFile> read(String text) {
        if (!(Json.read(text) instanceof List<?> list)) {
            throw new IllegalArgumentException("it is no list of files");
        }
        List<DataFile> files = new ArrayList<>();
        for (Object file : list) {
            files.add(ManifestJson.file(file));
        }
        return files;
    }
}
