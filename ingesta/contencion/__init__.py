"""Contención: ningún lector corre en el proceso que pide la lectura.

`contenedor.Contenedor` es la puerta. El *zigoto* es un Python recién arrancado que ya cargó los
lectores; por cada documento se divide en un *hijo* que se encierra (límites, disco, red, llamadas
al sistema), lee, responde con JSON por una tubería y termina. El tiempo lo lleva quien pide.
"""
