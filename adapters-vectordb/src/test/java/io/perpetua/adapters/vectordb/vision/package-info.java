/** Tests of the embedded index of regions. */
@NullMarked
package io.perpetua.adapters.vectordb.vision;

import org.jspecify.annotations.NullMarked;
