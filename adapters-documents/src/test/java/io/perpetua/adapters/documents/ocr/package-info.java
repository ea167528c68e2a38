@NullMarked
package io.perpetua.adapters.documents.ocr;

import org.jspecify.annotations.NullMarked;
