package dev.sluice.server.schemas;

import dev.sluice.server.store.Json;
import dev.sluice.server.store.Page;
import dev.sluice.server.store.Row;
import dev.sluice.server.store.Transaction;
import dev.sluice.spi.catalog.Catalog;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The catalogs that were discovered. */
public final class Schemas {
    private final Clock clock;

    /**
     * Those of a store.
     *
     * @param clock the time for their ages
     */
    public Schemas(Clock clock) {
        this.clock = clock;
    }

    /**
     * Keeps what a source offers. If it is what it offered last, that version is seen once more and stays the newest, so
     * that a schedule of every five minutes does not fill the store.
     */
    public CatalogVersion save(Transaction transaction, UUID actorId, CatalogVersion.Asked asked, Catalog catalog)
            throws SQLException {
        Json content = CatalogText.write(catalog);
        String hash = hash(content);
        Instant now = clock.instant();
        UUID last = transaction
                .first(
                        row -> row.text("content_hash").equals(hash)
                                ? Optional.of(row.id("id"))
                                : Optional.<UUID>empty(),
                        "SELECT id, content_hash FROM catalog WHERE actor_id = ? ORDER BY discovered_at DESC, id LIMIT"
                                + " 1",
                        actorId)
                .flatMap(same -> same)
                .orElse(null);
        UUID id = last == null ? UUID.randomUUID() : last;
        if (last == null) {
            transaction.change(
                    "INSERT INTO catalog (id, actor_id, definition_number, configuration_hash, content_hash, content,"
                            + " discovered_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    id,
                    actorId,
                    asked.definitionNumber(),
                    asked.configurationHash(),
                    hash,
                    content,
                    now);
        } else {
            transaction.change(
                    "UPDATE catalog SET definition_number = ?, configuration_hash = ?, discovered_at = ? WHERE id = ?",
                    asked.definitionNumber(),
                    asked.configurationHash(),
                    now,
                    id);
        }
        return new CatalogVersion(id, actorId, asked, now, new Catalog(CatalogText.read(content)));
    }

    /** A catalog. */
    public Optional<CatalogVersion> find(Transaction transaction, UUID id) throws SQLException {
        return transaction.first(Schemas::read, "SELECT * FROM catalog WHERE id = ?", id);
    }

    /** What a source offered last. */
    public Optional<CatalogVersion> newest(Transaction transaction, UUID actorId) throws SQLException {
        return versions(transaction, actorId, Page.first(1)).stream().findFirst();
    }

    /**
     * What a source offered last, if it was asked in the same way.
     *
     * @param since not what is older
     */
    public Optional<CatalogVersion> fresh(
            Transaction transaction, UUID actorId, CatalogVersion.Asked asked, Instant since) throws SQLException {
        return newest(transaction, actorId)
                .filter(version ->
                        version.asked().equals(asked) && !version.discoveredAt().isBefore(since));
    }

    /** What a source has offered, the newest first. */
    public List<CatalogVersion> versions(Transaction transaction, UUID actorId, Page page) throws SQLException {
        return transaction.all(
                Schemas::read,
                "SELECT * FROM catalog WHERE actor_id = ? ORDER BY discovered_at DESC, id LIMIT ? OFFSET ?",
                actorId,
                page.limit(),
                page.offset());
    }

    /**
     * Deletes old versions that no connection was set up with.
     *
     * @param before older ones than this; the newest of each source stays
     * @return how many
     */
    public int sweep(Transaction transaction, Instant before) throws SQLException {
        return transaction.change(
                "DELETE FROM catalog WHERE discovered_at < ?"
                        + " AND NOT EXISTS (SELECT 1 FROM connection c WHERE c.source_catalog_id = catalog.id"
                        + " OR c.destination_catalog_id = catalog.id)"
                        + " AND EXISTS (SELECT 1 FROM catalog n WHERE n.actor_id = catalog.actor_id"
                        + " AND n.discovered_at > catalog.discovered_at)",
                before);
    }

    private static String hash(Json content) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256").digest(content.text().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException cause) {
            throw new IllegalStateException(cause);
        }
    }

    private static CatalogVersion read(Row row) throws SQLException {
        return new CatalogVersion(
                row.id("id"),
                row.id("actor_id"),
                new CatalogVersion.Asked(row.number("definition_number"), row.text("configuration_hash")),
                row.time("discovered_at"),
                new Catalog(CatalogText.read(row.json("content"))));
    }
}
