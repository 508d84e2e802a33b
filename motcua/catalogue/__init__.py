"""The catalogue of procedures (*danh mục thủ tục*): what people come for, and where it is done.

A centre's catalogue is one file, `procedures.csv`. `Catalogue` reads and searches it;
`motcua.catalogue.importing` reads the lists of others into it.
"""

from __future__ import annotations

from motcua.catalogue.catalogue import Catalogue
from motcua.catalogue.errors import CatalogueError

__all__ = ["Catalogue", "CatalogueError"]
