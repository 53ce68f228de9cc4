/**
 * Workbooks in the format .xlsx of ECMA-376: a sheet becomes lines of cells, which the reader of CSV takes from there.
 *
 * <p>Neighbours: {@code csv} reads the lines; {@code xml} reads the parts of a workbook; {@code destination.excel} writes
 * workbooks.
 */
@NullMarked
package dev.sluice.connector.file.excel;

import org.jspecify.annotations.NullMarked;
